/**
 * Random operations against a plain picture of what DynamoDB does, kept in maps and written from the documentation alone:
 * it shares no code with what it judges. {@code -Dtarget=URL} puts any other implementation to the same test. Start with
 * {@link dev.meridian.node.oracle.OracleTest}.
 */
@NullMarked
package dev.meridian.node.oracle;

import org.jspecify.annotations.NullMarked;

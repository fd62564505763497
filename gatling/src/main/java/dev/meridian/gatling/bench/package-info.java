/**
 * PutItem and GetItem of one Meridian region beside DynamoDB Local and beside a bare Vert.x echo, in one run.
 * Every server is a process of its own; the client is the same for all. Start with
 * {@link dev.meridian.gatling.bench.SideBySide}.
 */
@NullMarked
package dev.meridian.gatling.bench;

import org.jspecify.annotations.NullMarked;

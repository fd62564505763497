/**
 * PartiQL as DynamoDB speaks it: from the text of a statement to the same conditions, updates and paths that expressions
 * become. The grammar is the PartiQL library's, which only this package knows, and nothing of its evaluator runs. Pure; may use
 * expressions and values. Start with {@link dev.meridian.table.partiql.Statement}.
 */
@NullMarked
package dev.meridian.table.partiql;

import org.jspecify.annotations.NullMarked;

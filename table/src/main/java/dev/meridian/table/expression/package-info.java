/**
 * The expression language: condition, filter, update, projection and key condition expressions.
 * Text becomes a tree in {@link dev.meridian.table.expression.ExpressionParser}; trees are immutable, know nothing of a
 * request's names and values, and are evaluated against an item with {@link dev.meridian.table.expression.Bindings}.
 */
@NullMarked
package dev.meridian.table.expression;

import org.jspecify.annotations.NullMarked;

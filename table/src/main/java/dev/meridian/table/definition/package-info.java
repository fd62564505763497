/**
 * What a table is: key schema, indexes, settings; how CreateTable and UpdateTable define it and DescribeTable shows it.
 * Uses table.model. Start with {@link dev.meridian.table.definition.TableSchema}.
 */
@NullMarked
package dev.meridian.table.definition;

import org.jspecify.annotations.NullMarked;

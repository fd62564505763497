/**
 * What each data operation means: read the request, check it, plan it, decide it, write the answer.
 * Pure: no store, no clock, no thread; rows come through {@link dev.meridian.table.operation.TableReader}.
 * Start with {@link dev.meridian.table.operation.Plan}.
 */
@NullMarked
package dev.meridian.table.operation;

import org.jspecify.annotations.NullMarked;

/** Transactions over several items. Start with {@link dev.meridian.node.transaction.TransactionCoordinator}. */
@NullMarked
package dev.meridian.node.transaction;

import org.jspecify.annotations.NullMarked;

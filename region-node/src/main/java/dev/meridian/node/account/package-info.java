/**
 * Accounts: whose request it is, whose table, and what one account lets another do.
 * Start with {@link dev.meridian.node.account.Caller}.
 */
@NullMarked
package dev.meridian.node.account;

import org.jspecify.annotations.NullMarked;

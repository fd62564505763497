/**
 * One value a key that a majority of regions agrees on: CASPaxos (Rystsov, "CASPaxos: Replicated State Machines without
 * logs", 2018). An {@link dev.meridian.replication.consensus.AcceptorState} is what a region remembers of an item, a
 * {@link dev.meridian.replication.consensus.Proposer} carries one read or write through. Both are pure: messages, time and
 * randomness come from outside. Start with {@link dev.meridian.replication.consensus.Proposer}.
 */
@NullMarked
package dev.meridian.replication.consensus;

import org.jspecify.annotations.NullMarked;

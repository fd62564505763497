package dev.meridian.node.strong;

import dev.meridian.node.stage.StageEnd;
import dev.meridian.replication.consensus.AcceptorState;
import dev.meridian.replication.consensus.Ballot;
import dev.meridian.replication.consensus.ItemMessage;
import dev.meridian.replication.consensus.Message;
import dev.meridian.replication.consensus.Reply;
import dev.meridian.replication.log.RowKeys;
import dev.meridian.storage.OrderedStore;
import dev.meridian.storage.WriteBatch;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * This region's acceptor: one state an item, a row of the store. An answer is given once everything it tells of is durable.
 * Messages about one item are taken one after the other, whatever thread they come on. Thread-safe; never blocks but for
 * reading the store.
 *
 * <p>An item that was written before the table became strongly consistent counts as accepted in no ballot at all: any agreement
 * is above it.
 */
final class Acceptor {

    private static final int LOCKS = 64;
    private static final byte[] MARK = new byte[0];

    private record Pending(AcceptorState state, CompletableFuture<Void> durable) {}

    private final OrderedStore store;
    private final StrongGroups groups;
    private final Witness witness;
    private final Memory memory;
    private final Map<ByteBuffer, Pending> pending = new ConcurrentHashMap<>();
    private final Object[] locks = new Object[LOCKS];

    Acceptor(OrderedStore store, StrongGroups groups, Witness witness, Memory memory) {
        this.store = store;
        this.groups = groups;
        this.witness = witness;
        this.memory = memory;
        for (int i = 0; i < LOCKS; i++) {
            locks[i] = new Object();
        }
    }

    /** Takes a message; fails where this region is not asked to agree on that table's items, or has forgotten some. */
    CompletionStage<Reply> take(ItemMessage message) {
        return memory.isLost()
                ? CompletableFuture.failedFuture(new IllegalStateException("what was promised here is not known yet"))
                : takeAnyway(message);
    }

    /** The same for what a region does to remember. */
    CompletionStage<Reply> takeAnyway(ItemMessage message) {
        StrongGroups.Group group = groups.find(message.group()).orElse(null);
        if (group == null && !witness.attends(message.group())) {
            return CompletableFuture.failedFuture(new IllegalStateException("no such table is agreed on here"));
        }
        byte[] row = RowKeys.acceptor(message.group(), message.key());
        ByteBuffer name = ByteBuffer.wrap(row);
        Object lock = locks[Math.floorMod(name.hashCode(), LOCKS)];
        synchronized (lock) {
            Pending last = pending.get(name);
            AcceptorState state = last == null ? load(group, row, message.key()) : last.state();
            AcceptorState.Step step = state.take(message.message());
            if (step.next() == state) {
                return last == null
                        ? CompletableFuture.completedFuture(step.reply())
                        : last.durable().thenApply(done -> step.reply());
            }
            WriteBatch batch = new WriteBatch().put(row, step.next().encode());
            if (group != null && message.message() instanceof Message.Accept) {
                batch.put(RowKeys.unsettled(message.group(), message.key()), MARK);
            }
            return commit(name, step, batch);
        }
    }

    private CompletionStage<Reply> commit(ByteBuffer name, AcceptorState.Step step, WriteBatch batch) {
        CompletableFuture<Void> durable = new CompletableFuture<>();
        Pending mine = new Pending(step.next(), durable);
        pending.put(name, mine);
        store.commit(batch).whenComplete((done, failure) -> {
            pending.remove(name, mine);
            StageEnd.passOn(durable, null, failure);
        });
        return durable.thenApply(done -> step.reply());
    }

    private AcceptorState load(StrongGroups.@Nullable Group group, byte[] row, byte[] key) {
        byte[] state = store.get(row);
        if (state != null) {
            return AcceptorState.decode(state);
        }
        byte[] before =
                group == null ? null : store.get(RowKeys.item(group.table().number(), key));
        return before == null ? AcceptorState.NONE : new AcceptorState(Ballot.ZERO, Ballot.ZERO, before);
    }

    /** What this region has promised and accepted for an item, perhaps not durably yet. */
    AcceptorState state(String group, byte[] key) {
        byte[] row = RowKeys.acceptor(group, key);
        Pending last = pending.get(ByteBuffer.wrap(row));
        if (last != null) {
            return last.state();
        }
        byte[] state = store.get(row);
        return state == null ? AcceptorState.NONE : AcceptorState.decode(state);
    }

    /** Takes the mark off an item, unless something was accepted for it since. */
    void settled(String group, byte[] key, AcceptorState seen) {
        byte[] row = RowKeys.acceptor(group, key);
        ByteBuffer name = ByteBuffer.wrap(row);
        synchronized (locks[Math.floorMod(name.hashCode(), LOCKS)]) {
            byte[] state = pending.containsKey(name) ? null : store.get(row);
            if (state != null && AcceptorState.decode(state).accepted().equals(seen.accepted())) {
                store.commit(new WriteBatch().delete(RowKeys.unsettled(group, key)));
            }
        }
    }
}

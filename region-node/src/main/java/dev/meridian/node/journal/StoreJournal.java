package dev.meridian.node.journal;

import com.typesafe.config.Config;
import dev.meridian.replication.log.Wire;
import dev.meridian.storage.Direction;
import dev.meridian.storage.KeyRange;
import dev.meridian.storage.OrderedStore;
import dev.meridian.storage.WriteBatch;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.apache.pekko.persistence.AtomicWrite;
import org.apache.pekko.persistence.PersistentRepr;
import org.apache.pekko.persistence.journal.japi.AsyncWriteJournal;
import org.apache.pekko.serialization.Serialization;
import org.apache.pekko.serialization.SerializationExtension;
import org.apache.pekko.serialization.Serializer;
import org.apache.pekko.serialization.Serializers;
import scala.concurrent.Future;
import scala.jdk.javaapi.FutureConverters;

/**
 * Journal rows: 0x40, the persistence id, 0x00, the sequence number; the value is the serializer's identifier, its
 * manifest and the event's bytes. 0x41 holds the highest number deleted, which is never given again.
 */
public final class StoreJournal extends AsyncWriteJournal {

    private static final byte ENTRY = 0x40;
    private static final byte DELETED = 0x41;

    private final OrderedStore store;
    private final Serialization serialization;

    /** Made by Pekko from the journal's configuration. */
    public StoreJournal(Config config) {
        this.store = JournalStores.of(config.getString("store"));
        this.serialization = SerializationExtension.get(context().system());
    }

    @Override
    public Future<Iterable<Optional<Exception>>> doAsyncWriteMessages(Iterable<AtomicWrite> messages) {
        List<CompletionStage<Void>> commits = new ArrayList<>();
        List<Optional<Exception>> outcomes = new ArrayList<>();
        for (AtomicWrite write : messages) {
            WriteBatch batch = new WriteBatch();
            for (PersistentRepr entry : scala.jdk.javaapi.CollectionConverters.asJava(write.payload())) {
                batch.put(key(ENTRY, entry.persistenceId(), entry.sequenceNr()), encode(entry));
            }
            commits.add(store.commit(batch));
            outcomes.add(Optional.empty());
        }
        CompletableFuture<?>[] all =
                commits.stream().map(CompletionStage::toCompletableFuture).toArray(CompletableFuture[]::new);
        CompletionStage<Iterable<Optional<Exception>>> done =
                CompletableFuture.allOf(all).thenApply(nothing -> outcomes);
        return FutureConverters.asScala(done);
    }

    @Override
    public Future<Void> doAsyncDeleteMessagesTo(String persistenceId, long toSequenceNr) {
        WriteBatch batch = new WriteBatch();
        long highest = Math.min(toSequenceNr, highest(persistenceId));
        store.scan(
                new KeyRange(key(ENTRY, persistenceId, 0), key(ENTRY, persistenceId, highest + 1)),
                Direction.ASCENDING,
                (key, value) -> {
                    batch.delete(key);
                    return true;
                });
        batch.put(
                key(DELETED, persistenceId, 0),
                ByteBuffer.allocate(Long.BYTES).putLong(highest).array());
        return FutureConverters.asScala(store.commit(batch));
    }

    @Override
    public Future<Void> doAsyncReplayMessages(
            String persistenceId,
            long fromSequenceNr,
            long toSequenceNr,
            long max,
            Consumer<PersistentRepr> replayCallback) {
        long[] left = {max};
        byte[] end = toSequenceNr == Long.MAX_VALUE
                ? KeyRange.successorOfPrefix(prefix(ENTRY, persistenceId))
                : key(ENTRY, persistenceId, toSequenceNr + 1);
        store.scan(new KeyRange(key(ENTRY, persistenceId, fromSequenceNr), end), Direction.ASCENDING, (key, value) -> {
            if (left[0]-- <= 0) {
                return false;
            }
            replayCallback.accept(decode(persistenceId, sequence(key), value));
            return true;
        });
        return FutureConverters.asScala(CompletableFuture.<Void>completedFuture(null));
    }

    @Override
    public Future<Long> doAsyncReadHighestSequenceNr(String persistenceId, long fromSequenceNr) {
        return FutureConverters.asScala(CompletableFuture.completedFuture(highest(persistenceId)));
    }

    private long highest(String persistenceId) {
        byte[] deleted = store.get(key(DELETED, persistenceId, 0));
        long[] highest = {deleted == null ? 0 : ByteBuffer.wrap(deleted).getLong()};
        store.scan(KeyRange.prefix(prefix(ENTRY, persistenceId)), Direction.DESCENDING, (key, value) -> {
            highest[0] = Math.max(highest[0], sequence(key));
            return false;
        });
        return highest[0];
    }

    private byte[] encode(PersistentRepr entry) {
        Object event = entry.payload();
        Serializer serializer = serialization.findSerializerFor(event);
        return new Wire.Writer(256)
                .number(serializer.identifier())
                .text(Serializers.manifestFor(serializer, event))
                .text(entry.writerUuid())
                .bytes(serializer.toBinary(event))
                .toBytes();
    }

    private PersistentRepr decode(String persistenceId, long sequence, byte[] value) {
        Wire.Reader in = new Wire.Reader(value);
        int serializer = in.index();
        String manifest = in.text();
        String writer = in.text();
        Object event =
                serialization.deserialize(in.bytes(), serializer, manifest).get();
        return PersistentRepr.apply(event, sequence, persistenceId, PersistentRepr.Undefined(), false, null, writer);
    }

    private static byte[] prefix(byte kind, String persistenceId) {
        byte[] id = persistenceId.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(1 + id.length + 1)
                .put(kind)
                .put(id)
                .put((byte) 0)
                .array();
    }

    private static byte[] key(byte kind, String persistenceId, long sequence) {
        byte[] prefix = prefix(kind, persistenceId);
        return ByteBuffer.allocate(prefix.length + Long.BYTES)
                .put(prefix)
                .putLong(sequence)
                .array();
    }

    private static long sequence(byte[] key) {
        return ByteBuffer.wrap(key, key.length - Long.BYTES, Long.BYTES).getLong();
    }
}

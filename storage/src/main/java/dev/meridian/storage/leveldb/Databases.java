package dev.meridian.storage.leveldb;

import dev.meridian.storage.Direction;
import dev.meridian.storage.KeyRange;
import dev.meridian.storage.OrderedReader;
import dev.meridian.storage.RowVisitor;
import dev.meridian.storage.Snapshot;
import dev.meridian.storage.WriteBatch;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.iq80.leveldb.DB;
import org.iq80.leveldb.ReadOptions;
import org.jspecify.annotations.Nullable;

/**
 * Where the rows of one store lie: those that are replaced and deleted in LevelDB, those that are only added, where the settings name
 * such, in a {@link LogStore}.
 *
 * <p>Each has all links of the chain, so each tells by itself what it lacks. Reads are thread-safe; there is one writer.
 */
final class Databases implements OrderedReader, AutoCloseable {

    private static final String ITEMS = "leveldb";
    private static final String LOGS = "log";

    /** LevelDB fills a third write buffer only when the first is a table. */
    private static final int BUFFERS_RETAINED = 3;

    private final StoreSettings settings;
    private final Split split;
    private DB items;
    private final LogStore logs;
    private long itemBytes;
    /** Held while a group goes into both, so that no snapshot has half of it. */
    private final Object writing = new Object();

    Databases(StoreSettings settings) {
        this.settings = settings;
        this.split = new Split(settings.logKinds());
        this.logs = new LogStore(logs(settings.directory()), settings.owner(), LogStore.SEGMENT_BYTES);
        try {
            this.items = LevelDbEngine.open(settings, items(settings.directory()));
        } catch (RuntimeException refused) {
            logs.close();
            throw refused;
        }
    }

    /** Where a store has its LevelDB database. */
    static Path items(Path store) {
        return store.resolve(ITEMS);
    }

    /** Where a store has its logs. */
    static Path logs(Path store) {
        return store.resolve(LOGS);
    }

    /** What their chains tell, compared with what had been acknowledged. */
    Chain chain(long acknowledgedGroup) {
        return Chain.of(List.of(Chain.verify(items, acknowledgedGroup), logs.chain(acknowledgedGroup)));
    }

    /** What groups follow a hole in the logs is let go of, to be written once more. */
    void closeHoles() throws IOException {
        logs.closeHole();
    }

    /** Makes all that has been written lie in tables of LevelDB's and in sealed segments. */
    void settle() throws IOException {
        items.close();
        items = LevelDbEngine.open(settings, items(settings.directory()));
        sealLogs();
    }

    /** Makes all of the logs lie in sealed segments. */
    void sealLogs() throws IOException {
        logs.sealAll();
    }

    @Override
    public byte @Nullable [] get(byte[] key) {
        return split.databaseOf(key) == Split.LOGS ? logs.get(key) : items.get(key);
    }

    @Override
    public void scan(KeyRange range, Direction direction, RowVisitor visitor) {
        scan(items(new ReadOptions()), logs, range, direction, visitor);
    }

    /** Reads of LevelDB as these options say. */
    private OrderedReader items(ReadOptions options) {
        return new OrderedReader() {
            @Override
            public byte @Nullable [] get(byte[] key) {
                return items.get(key, options);
            }

            @Override
            public void scan(KeyRange range, Direction direction, RowVisitor visitor) {
                LevelDbScan.run(items, options, range, direction, visitor);
            }
        };
    }

    private void scan(
            OrderedReader ofItems, OrderedReader ofLogs, KeyRange range, Direction direction, RowVisitor visitor) {
        boolean[] goesOn = {true};
        RowVisitor heeded = (key, value) -> {
            goesOn[0] = visitor.visit(key, value);
            return goesOn[0];
        };
        for (Split.Part part : split.parts(range, direction)) {
            if (goesOn[0]) {
                OrderedReader reader = part.database() == Split.ITEMS ? ofItems : ofLogs;
                reader.scan(part.range(), direction, heeded);
            }
        }
    }

    /** The links of the chain with numbers up to a group that LevelDB has. */
    List<byte[]> linksUpTo(long group) {
        List<byte[]> links = new ArrayList<>();
        LevelDbScan.run(
                items,
                new ReadOptions(),
                new KeyRange(ChainRow.key(0), ChainRow.key(group + 1)),
                Direction.ASCENDING,
                (key, value) -> links.add(key));
        return links;
    }

    Snapshot snapshot() {
        org.iq80.leveldb.Snapshot taken;
        LogStore.View view;
        synchronized (writing) {
            taken = items.getSnapshot();
            view = logs.view();
        }
        OrderedReader ofItems = items(new ReadOptions().snapshot(taken));
        return new Snapshot() {
            @Override
            public byte @Nullable [] get(byte[] key) {
                return split.databaseOf(key) == Split.LOGS ? view.get(key) : ofItems.get(key);
            }

            @Override
            public void scan(KeyRange range, Direction direction, RowVisitor visitor) {
                Databases.this.scan(ofItems, view, range, direction, visitor);
            }

            @Override
            public void close() {
                view.close();
                try {
                    taken.close();
                } catch (IOException failure) {
                    throw new UncheckedIOException(failure);
                }
            }
        };
    }

    /** Writes batches as one, in their order, without a sync. */
    void write(List<WriteBatch> batches) throws IOException {
        try (org.iq80.leveldb.WriteBatch part = items.createWriteBatch()) {
            for (WriteBatch batch : batches) {
                for (WriteBatch.Operation operation : batch.operations()) {
                    if (split.databaseOf(operation.key()) == Split.ITEMS) {
                        add(part, operation);
                    }
                }
            }
            synchronized (writing) {
                items.write(part);
                logs.write(batches, split);
            }
        }
    }

    private void add(org.iq80.leveldb.WriteBatch part, WriteBatch.Operation operation) {
        byte[] key = operation.key();
        byte[] value = operation.value();
        if (value == null) {
            part.delete(key);
        } else {
            part.put(key, value);
        }
        itemBytes += key.length + (value == null ? 0 : value.length);
    }

    /** The bytes that have gone into each since it was opened. */
    long[] writtenBytes() {
        return new long[] {itemBytes, logs.writtenBytes()};
    }

    /** How many of them are durable without the write-ahead log. */
    long[] durableBytes() {
        long inTables = itemBytes - (long) BUFFERS_RETAINED * settings.writeBufferBytes();
        return new long[] {inTables, logs.durableBytes()};
    }

    /** Makes durable whatever has been written: what is in no table yet is in a log of LevelDB's. */
    void force() throws IOException {
        logs.force();
        try (Stream<Path> files = Files.list(items(settings.directory()))) {
            for (Path log :
                    files.filter(file -> file.toString().endsWith(".log")).toList()) {
                force(log);
            }
        }
    }

    private static void force(Path log) throws IOException {
        try (FileChannel file = FileChannel.open(log, StandardOpenOption.WRITE)) {
            file.force(true);
        } catch (NoSuchFileException inTables) {
            // Its rows have been moved into a table meanwhile, which is durable before the log goes.
            return;
        }
    }

    @Override
    public void close() {
        try {
            items.close();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } finally {
            logs.close();
        }
    }
}

package dev.meridian.storage.leveldb;

import dev.meridian.storage.Direction;
import dev.meridian.storage.KeyRange;
import dev.meridian.storage.OrderedReader;
import dev.meridian.storage.RowVisitor;
import dev.meridian.storage.Snapshot;
import dev.meridian.storage.WriteBatch;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.iq80.leveldb.DB;
import org.iq80.leveldb.ReadOptions;
import org.jspecify.annotations.Nullable;

/**
 * The LevelDB databases of one store: one for rows that are replaced and deleted, and one for rows that are only added, where the
 * settings name such. LevelDB rewrites what lies beside what it compacts: apart, a log hardly needs compaction, and items are
 * not carried along with it.
 *
 * <p>Each has all links of the chain, so each tells by itself what it lacks. Reads are thread-safe; there is one writer.
 */
final class Databases implements OrderedReader, AutoCloseable {

    private static final List<String> FOLDERS = List.of("leveldb", "leveldb-log");

    private final StoreSettings settings;
    private final Split split;
    private final List<DB> open = new ArrayList<>();
    private final List<ReadOptions> now;
    private final long[] writtenBytes;
    /** Held while a group goes into all of them, so that no snapshot has half of it. */
    private final Object writing = new Object();

    Databases(StoreSettings settings) {
        this.settings = settings;
        this.split = new Split(settings.logKinds());
        this.writtenBytes = new long[split.databases()];
        this.now = Collections.nCopies(split.databases(), new ReadOptions());
        openAll();
    }

    private void openAll() {
        for (Path folder : folders(settings.directory()).subList(0, split.databases())) {
            try {
                open.add(LevelDbEngine.open(settings, folder));
            } catch (RuntimeException refused) {
                close();
                throw refused;
            }
        }
    }

    /** Where the databases of a store lie, whether or not they are there. */
    static List<Path> folders(Path store) {
        return FOLDERS.stream().map(store::resolve).toList();
    }

    /** Closes them and opens them again, which moves what is in their own logs into tables. */
    void reopen() {
        close();
        open.clear();
        openAll();
    }

    /** What their chains tell, compared with what had been acknowledged. */
    Chain chain(long acknowledgedGroup) {
        return Chain.of(open.stream()
                .map(database -> Chain.verify(database, acknowledgedGroup))
                .toList());
    }

    @Override
    public byte @Nullable [] get(byte[] key) {
        return get(now, key);
    }

    private byte @Nullable [] get(List<ReadOptions> options, byte[] key) {
        int database = split.databaseOf(key);
        return open.get(database).get(key, options.get(database));
    }

    @Override
    public void scan(KeyRange range, Direction direction, RowVisitor visitor) {
        scan(now, range, direction, visitor);
    }

    private void scan(List<ReadOptions> options, KeyRange range, Direction direction, RowVisitor visitor) {
        boolean[] goesOn = {true};
        RowVisitor heeded = (key, value) -> {
            goesOn[0] = visitor.visit(key, value);
            return goesOn[0];
        };
        for (Split.Part part : split.parts(range, direction)) {
            if (goesOn[0]) {
                LevelDbScan.run(
                        open.get(part.database()), options.get(part.database()), part.range(), direction, heeded);
            }
        }
    }

    /** The links of the chain with numbers up to a group, in whichever database they are. */
    List<byte[]> linksUpTo(long group) {
        List<byte[]> links = new ArrayList<>();
        for (DB database : open) {
            LevelDbScan.run(
                    database,
                    new ReadOptions(),
                    new KeyRange(ChainRow.key(0), ChainRow.key(group + 1)),
                    Direction.ASCENDING,
                    (key, value) -> links.add(key));
        }
        return links;
    }

    Snapshot snapshot() {
        List<org.iq80.leveldb.Snapshot> taken = new ArrayList<>();
        synchronized (writing) {
            open.forEach(database -> taken.add(database.getSnapshot()));
        }
        List<ReadOptions> then = taken.stream()
                .map(snapshot -> new ReadOptions().snapshot(snapshot))
                .toList();
        return new Snapshot() {
            @Override
            public byte @Nullable [] get(byte[] key) {
                return Databases.this.get(then, key);
            }

            @Override
            public void scan(KeyRange range, Direction direction, RowVisitor visitor) {
                Databases.this.scan(then, range, direction, visitor);
            }

            @Override
            public void close() {
                taken.forEach(Databases::closeQuietly);
            }
        };
    }

    /** Writes batches as one, in their order, without a sync. */
    void write(List<WriteBatch> batches) throws IOException {
        List<org.iq80.leveldb.WriteBatch> parts = new ArrayList<>(open.size());
        try {
            for (DB database : open) {
                parts.add(database.createWriteBatch());
            }
            for (WriteBatch batch : batches) {
                for (WriteBatch.Operation operation : batch.operations()) {
                    add(parts, operation);
                }
            }
            synchronized (writing) {
                for (int database = 0; database < parts.size(); database++) {
                    open.get(database).write(parts.get(database));
                }
            }
        } finally {
            for (org.iq80.leveldb.WriteBatch part : parts) {
                part.close();
            }
        }
    }

    private void add(List<org.iq80.leveldb.WriteBatch> parts, WriteBatch.Operation operation) {
        byte[] key = operation.key();
        byte[] value = operation.value();
        boolean isEverywhere = Split.isEverywhere(key);
        int of = split.databaseOf(key);
        for (int database = 0; database < parts.size(); database++) {
            if (isEverywhere || database == of) {
                if (value == null) {
                    parts.get(database).delete(key);
                } else {
                    parts.get(database).put(key, value);
                }
                writtenBytes[database] += key.length + (value == null ? 0 : value.length);
            }
        }
    }

    /** The bytes of keys and values that have gone into each since it was opened. */
    long[] writtenBytes() {
        return writtenBytes.clone();
    }

    /** Makes durable whatever has been written: what is in no table yet is in a log of theirs. */
    void force() throws IOException {
        for (Path folder : folders(settings.directory()).subList(0, split.databases())) {
            try (Stream<Path> files = Files.list(folder)) {
                for (Path log :
                        files.filter(file -> file.toString().endsWith(".log")).toList()) {
                    force(log);
                }
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
        open.forEach(Databases::closeQuietly);
    }

    private static void closeQuietly(Closeable resource) {
        try {
            resource.close();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}

package dev.meridian.storage.leveldb;

import dev.meridian.storage.StoreException;
import dev.meridian.storage.WriteBatch;
import java.io.File;
import java.io.IOException;
import org.fusesource.leveldbjni.JniDBFactory;
import org.iq80.leveldb.CompressionType;
import org.iq80.leveldb.DB;
import org.iq80.leveldb.DBException;
import org.iq80.leveldb.Options;
import org.iq80.leveldb.impl.Iq80DBFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** LevelDB in one of its two forms: opens it, and writes to it. */
final class LevelDbEngine {

    private static final Logger LOG = LoggerFactory.getLogger(LevelDbEngine.class);

    private LevelDbEngine() {}

    static DB open(StoreSettings settings) {
        File folder = settings.directory().resolve("leveldb").toFile();
        Options options = new Options()
                .createIfMissing(true)
                .paranoidChecks(false)
                .verifyChecksums(true)
                .compressionType(CompressionType.SNAPPY)
                .writeBufferSize(settings.writeBufferBytes())
                .cacheSize(settings.cacheBytes());
        try {
            return switch (settings.engine()) {
                case NATIVE -> JniDBFactory.factory.open(folder, options);
                case JAVA -> Iq80DBFactory.factory.open(folder, options);
                case AUTO -> openEither(folder, options);
            };
        } catch (IOException | DBException failure) {
            throw refused(folder, failure);
        }
    }

    private static DB openEither(File folder, Options options) throws IOException {
        try {
            return JniDBFactory.factory.open(folder, options);
        } catch (UnsatisfiedLinkError | NoClassDefFoundError missing) {
            LOG.warn(
                    "LevelDB's native library does not load here ({}): using the pure-Java port", missing.getMessage());
            return Iq80DBFactory.factory.open(folder, options);
        }
    }

    /** Writes batches as one, in their order, without a sync. */
    static void write(DB database, Iterable<WriteBatch> batches) throws IOException {
        try (org.iq80.leveldb.WriteBatch all = database.createWriteBatch()) {
            for (WriteBatch batch : batches) {
                for (WriteBatch.Operation operation : batch.operations()) {
                    byte[] value = operation.value();
                    if (value == null) {
                        all.delete(operation.key());
                    } else {
                        all.put(operation.key(), value);
                    }
                }
            }
            database.write(all);
        }
    }

    private static StoreException refused(File folder, Exception failure) {
        String text = String.valueOf(failure.getMessage());
        if (text.contains("lock")) {
            return new StoreException(
                    StoreException.Kind.CORRUPT,
                    folder + " is in use by another process; stop it, or choose another folder with --data",
                    failure);
        }
        return new StoreException(StoreException.Kind.CORRUPT, folder + " cannot be opened: " + text, failure);
    }
}

package dev.meridian.storage.leveldb;

import dev.meridian.storage.StoreException;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import org.fusesource.leveldbjni.JniDBFactory;
import org.iq80.leveldb.CompressionType;
import org.iq80.leveldb.DB;
import org.iq80.leveldb.DBException;
import org.iq80.leveldb.Options;
import org.iq80.leveldb.impl.Iq80DBFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** LevelDB in one of its two forms. */
final class LevelDbEngine {

    private static final Logger LOG = LoggerFactory.getLogger(LevelDbEngine.class);

    private LevelDbEngine() {}

    static DB open(StoreSettings settings, Path directory) {
        File folder = directory.toFile();
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

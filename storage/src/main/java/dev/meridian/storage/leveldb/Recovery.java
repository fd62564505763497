package dev.meridian.storage.leveldb;

import dev.meridian.storage.WriteBatch;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.iq80.leveldb.DB;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens LevelDB and gives it what only the write-ahead log has: the groups after its last, or all from the first that its
 * own log has lost. Opening moves LevelDB's log into tables, so afterwards the write-ahead log is not needed any more.
 */
final class Recovery {

    private static final Logger LOG = LoggerFactory.getLogger(Recovery.class);

    /** What came of it; the log is ready for appending. */
    record Recovered(DB database, Chain chain) {}

    private Recovery() {}

    static Recovered recover(StoreSettings settings, long acknowledgedGroup, WriteAheadLog log) {
        DB database = LevelDbEngine.open(settings);
        Chain chain = Chain.verify(database, acknowledgedGroup);
        List<WalRecord> missing = log.from(chain.firstMissing());
        if (reaches(missing, chain)) {
            LOG.info(
                    "{}: groups {} to {} come from the write-ahead log",
                    settings.owner(),
                    chain.firstMissing(),
                    missing.get(missing.size() - 1).group());
            database = replay(settings, database, missing);
            chain = Chain.verify(database, acknowledgedGroup);
        }
        if (chain.verification() instanceof Verification.Intact) {
            log.reuse();
        } else {
            log.discard();
        }
        return new Recovered(database, chain);
    }

    /** A part of them would take rows back to what they were before groups that LevelDB has. */
    private static boolean reaches(List<WalRecord> missing, Chain chain) {
        return !missing.isEmpty()
                && missing.get(missing.size() - 1).group() >= chain.tip().group();
    }

    private static DB replay(StoreSettings settings, DB database, List<WalRecord> missing) {
        try {
            for (WalRecord record : missing) {
                LevelDbEngine.write(database, List.<WriteBatch>of(record.batch()));
            }
            database.close();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        return LevelDbEngine.open(settings);
    }
}

package dev.meridian.storage.leveldb;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens LevelDB and gives it what only the write-ahead log has: the groups after its last, or all from the first that its
 * own log has lost. Opening moves LevelDB's log into tables, so afterwards the write-ahead log is not needed any more.
 */
final class Recovery {

    private static final Logger LOG = LoggerFactory.getLogger(Recovery.class);

    private Recovery() {}

    /** What the chain tells in the end; the log is ready for appending. */
    static Chain recover(StoreSettings settings, Databases databases, long acknowledgedGroup, WriteAheadLog log) {
        Chain chain = databases.chain(acknowledgedGroup);
        List<WalRecord> missing = log.from(chain.firstMissing());
        if (reaches(missing, chain)) {
            LOG.info(
                    "{}: groups {} to {} come from the write-ahead log",
                    settings.owner(),
                    chain.firstMissing(),
                    missing.get(missing.size() - 1).group());
            replay(databases, missing);
            chain = databases.chain(acknowledgedGroup);
        }
        if (chain.verification() instanceof Verification.Intact) {
            log.reuse();
        } else {
            log.discard();
        }
        return chain;
    }

    /** A part of them would take rows back to what they were before groups that LevelDB has. */
    private static boolean reaches(List<WalRecord> missing, Chain chain) {
        return !missing.isEmpty()
                && missing.get(missing.size() - 1).group() >= chain.tip().group();
    }

    private static void replay(Databases databases, List<WalRecord> missing) {
        try {
            for (WalRecord record : missing) {
                databases.write(List.of(record.batch()));
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        databases.reopen();
    }
}

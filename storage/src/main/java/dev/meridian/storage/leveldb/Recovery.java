package dev.meridian.storage.leveldb;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives the databases what only the write-ahead log has: the groups after their last, or all from the first that one of them has
 * lost. Afterwards all of it lies in tables and sealed segments, so the write-ahead log is not needed any more.
 */
final class Recovery {

    private static final Logger LOG = LoggerFactory.getLogger(Recovery.class);

    private Recovery() {}

    /** What the chain tells in the end; the log is ready for appending. */
    static Chain recover(StoreSettings settings, Databases databases, long acknowledgedGroup, WriteAheadLog log) {
        try {
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
            databases.sealLogs();
            if (chain.verification() instanceof Verification.Intact) {
                log.reuse();
            } else {
                log.discard();
            }
            return chain;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** A part of them would take rows back to what they were before groups that LevelDB has. */
    private static boolean reaches(List<WalRecord> missing, Chain chain) {
        return !missing.isEmpty()
                && missing.get(missing.size() - 1).group() >= chain.tip().group();
    }

    private static void replay(Databases databases, List<WalRecord> missing) throws IOException {
        databases.closeHoles();
        for (WalRecord record : missing) {
            databases.write(List.of(record.batch()));
        }
        databases.settle();
    }
}

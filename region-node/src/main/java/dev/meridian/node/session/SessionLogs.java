package dev.meridian.node.session;

import dev.meridian.node.http.Sessions;
import dev.meridian.replication.log.MalformedBytesException;
import dev.meridian.storage.OrderedReader;
import dev.meridian.table.model.ServiceException;
import java.util.Collection;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.LongSupplier;

/**
 * What of sessions knows nothing of requests: waits for what a token stands for, and adds what was written. A token stands for all
 * of its partitions' own changes up to its making, and so for a little more than was written. Thread-safe.
 */
public final class SessionLogs {

    /** Headers may be so long together as 16 KB. */
    private static final int TOKEN_LENGTH_MAX = 8_192;

    /** A table's partition that was written to; {@code table}: its number here. */
    public record Written(String globalTable, int table, int partition) {}

    /**
     * What sessions need of their region.
     *
     * @param tables a table's number here by its global identifier; empty where it has no replica here
     * @param patienceMillis how long a request waits at most
     * @param ticks milliseconds of a clock that never jumps
     * @param later runs something after so many milliseconds
     */
    public record Setting(
            String region,
            Function<String, OptionalInt> tables,
            OrderedReader store,
            long patienceMillis,
            LongSupplier ticks,
            Later later) {}

    private final String region;
    private final LogPositions positions;
    private final CatchingUp catchingUp;
    private final long patienceMillis;

    public SessionLogs(Setting setting) {
        this.region = setting.region();
        this.positions = new LogPositions(region, setting.tables(), setting.store());
        this.catchingUp = new CatchingUp(positions::holds, setting.ticks(), setting.later());
        this.patienceMillis = setting.patienceMillis();
    }

    /** Completes when all that the token stands for is applied here; fails with what the client is to be told. */
    public CompletionStage<Void> caughtUp(String token) {
        try {
            return catchingUp.until(read(token), patienceMillis);
        } catch (ServiceException refused) {
            return CompletableFuture.failedFuture(refused);
        }
    }

    /** The token that stands for that, too; empty where it stands for nothing. */
    public String after(String token, Collection<Written> written) {
        Map<SessionToken.Log, Long> logs = new TreeMap<>();
        for (Written one : written) {
            logs.computeIfAbsent(
                    new SessionToken.Log(one.globalTable(), region, one.partition()),
                    log -> positions.own(one.table(), one.partition()));
        }
        SessionToken next = read(token).with(logs);
        return next.isEmpty() ? "" : next.encode();
    }

    private static SessionToken read(String token) {
        if (token.isEmpty() || token.equals(Sessions.NEW)) {
            return SessionToken.EMPTY;
        }
        try {
            if (token.length() <= TOKEN_LENGTH_MAX) {
                return SessionToken.decode(token);
            }
        } catch (MalformedBytesException foreign) {
            throw ServiceException.validation("x-meridian-session is 'new' or a token that an answer carried");
        }
        throw ServiceException.validation("The session's token has grown over " + TOKEN_LENGTH_MAX
                + " characters; wait until its writes are everywhere, and begin a new session");
    }
}

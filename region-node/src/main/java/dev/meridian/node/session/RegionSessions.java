package dev.meridian.node.session;

import dev.meridian.node.account.Caller;
import dev.meridian.node.catalogue.Catalogue;
import dev.meridian.node.catalogue.CatalogueState;
import dev.meridian.node.http.Sessions;
import dev.meridian.replication.log.MalformedBytesException;
import dev.meridian.storage.OrderedReader;
import dev.meridian.table.definition.TableSchema;
import dev.meridian.table.model.ServiceException;
import dev.meridian.table.operation.DataOperations;
import dev.meridian.table.operation.Plan;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;

/**
 * Sessions in one region. A request is planned a second time to learn which items it wrote; only who asks for a session
 * pays for that. A token stands for all of its partitions' own changes up to its making, and so for a little more than was
 * written.
 */
public final class RegionSessions implements Sessions {

    /** Headers may be so long together as 16 KB. */
    private static final int TOKEN_LENGTH_MAX = 8_192;

    private final String region;
    private final Catalogue catalogue;
    private final LogPositions positions;
    private final CatchingUp catchingUp;
    private final long patienceMillis;
    private final Executor reading;

    /**
     * What sessions need of their region.
     *
     * @param patienceMillis how long a request waits at most
     * @param ticks milliseconds of a clock that never jumps
     * @param later runs something after so many milliseconds
     */
    public record Setting(
            String region,
            Catalogue catalogue,
            OrderedReader store,
            long patienceMillis,
            LongSupplier ticks,
            Later later,
            Executor reading) {}

    public RegionSessions(Setting setting) {
        this.region = setting.region();
        this.catalogue = setting.catalogue();
        this.positions = new LogPositions(region, catalogue::state, setting.store());
        this.catchingUp = new CatchingUp(positions::holds, setting.ticks(), setting.later());
        this.patienceMillis = setting.patienceMillis();
        this.reading = setting.reading();
    }

    @Override
    public CompletionStage<Void> caughtUp(String token) {
        try {
            return catchingUp.until(read(token), patienceMillis);
        } catch (ServiceException refused) {
            return CompletableFuture.failedFuture(refused);
        }
    }

    @Override
    public CompletionStage<String> after(String token, String account, String operation, byte[] body) {
        return CompletableFuture.supplyAsync(
                () -> {
                    SessionToken next = read(token).with(written(new Caller(account, operation), body));
                    return next.isEmpty() ? "" : next.encode();
                },
                reading);
    }

    private static SessionToken read(String token) {
        if (token.isEmpty() || token.equals(NEW)) {
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

    /** Where what was written stands in this region's logs. */
    private Map<SessionToken.Log, Long> written(Caller caller, byte[] body) {
        Map<SessionToken.Log, Long> logs = new TreeMap<>();
        if (!DataOperations.names().contains(caller.operation())) {
            return logs;
        }
        CatalogueState state = catalogue.state();
        for (Plan.TableWrite write : writes(caller, body)) {
            TableSchema table = write.table();
            int partition = write.write().key().partition(table.partitionCount());
            state.tables().values().stream()
                    .filter(known -> known.number() == table.number())
                    .findFirst()
                    .ifPresent(known -> logs.computeIfAbsent(
                            new SessionToken.Log(known.globalId(), region, partition),
                            log -> positions.own(table.number(), partition)));
        }
        return logs;
    }

    private List<Plan.TableWrite> writes(Caller caller, byte[] body) {
        Plan plan;
        try {
            plan = DataOperations.plan(caller.operation(), body, catalogue.seenBy(caller));
        } catch (ServiceException changedMeanwhile) {
            return List.of();
        }
        if (plan instanceof Plan.Write write) {
            return List.of(new Plan.TableWrite(write.table(), write.write()));
        }
        if (plan instanceof Plan.BatchWrite batch) {
            return batch.writes();
        }
        if (plan instanceof Plan.SeparateWrites separate) {
            return separate.writes();
        }
        return plan instanceof Plan.TransactWrite transaction ? transaction.actions() : List.of();
    }
}

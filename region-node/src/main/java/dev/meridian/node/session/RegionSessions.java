package dev.meridian.node.session;

import dev.meridian.node.account.Caller;
import dev.meridian.node.catalogue.Catalogue;
import dev.meridian.node.catalogue.CatalogueState;
import dev.meridian.node.catalogue.TableState;
import dev.meridian.node.http.Sessions;
import dev.meridian.storage.OrderedReader;
import dev.meridian.table.definition.TableSchema;
import dev.meridian.table.model.ServiceException;
import dev.meridian.table.operation.DataOperations;
import dev.meridian.table.operation.Plan;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;

/**
 * Sessions in one region. A request is planned a second time to learn which items it wrote; only who asks for a session
 * pays for that.
 */
public final class RegionSessions implements Sessions {

    private final Catalogue catalogue;
    private final SessionLogs logs;
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
        this.catalogue = setting.catalogue();
        this.logs = new SessionLogs(new SessionLogs.Setting(
                setting.region(),
                this::number,
                setting.store(),
                setting.patienceMillis(),
                setting.ticks(),
                setting.later()));
        this.reading = setting.reading();
    }

    private OptionalInt number(String globalTable) {
        return catalogue.state().byGlobalId(globalTable).stream()
                .mapToInt(TableState::number)
                .findFirst();
    }

    @Override
    public CompletionStage<Void> caughtUp(String token) {
        return logs.caughtUp(token);
    }

    @Override
    public CompletionStage<String> after(String token, String account, String operation, byte[] body) {
        return CompletableFuture.supplyAsync(
                () -> logs.after(token, written(new Caller(account, operation), body)), reading);
    }

    private Set<SessionLogs.Written> written(Caller caller, byte[] body) {
        Set<SessionLogs.Written> written = new HashSet<>();
        if (!DataOperations.names().contains(caller.operation())) {
            return written;
        }
        CatalogueState state = catalogue.state();
        for (Plan.TableWrite write : writes(caller, body)) {
            TableSchema table = write.table();
            int partition = write.write().key().partition(table.partitionCount());
            state.tables().values().stream()
                    .filter(known -> known.number() == table.number())
                    .findFirst()
                    .ifPresent(
                            known -> written.add(new SessionLogs.Written(known.globalId(), table.number(), partition)));
        }
        return written;
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

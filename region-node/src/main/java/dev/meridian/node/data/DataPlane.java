package dev.meridian.node.data;

import dev.meridian.node.partition.PartitionActor;
import dev.meridian.node.partition.PartitionDirectory;
import dev.meridian.node.partition.StoreTableReader;
import dev.meridian.node.partition.WriteListener;
import dev.meridian.node.partition.WriteOutcome;
import dev.meridian.node.transaction.TransactionCoordinator;
import dev.meridian.storage.OrderedStore;
import dev.meridian.table.definition.TableLookup;
import dev.meridian.table.definition.TableSchema;
import dev.meridian.table.model.ServiceException;
import dev.meridian.table.operation.DataOperations;
import dev.meridian.table.operation.ItemWrite;
import dev.meridian.table.operation.Plan;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.apache.pekko.actor.typed.ActorRef;

/**
 * Runs data operations. Thread-safe and never blocks for a write; a read of single items runs on the caller's thread
 * (a microsecond or two), Query and Scan on the reading executor.
 */
public final class DataPlane {

    private final TableLookup tables;
    private final PartitionDirectory partitions;
    private final OrderedStore store;
    private final TransactionCoordinator transactions;
    private final Executor reading;

    public DataPlane(
            TableLookup tables,
            PartitionDirectory partitions,
            OrderedStore store,
            TransactionCoordinator transactions,
            Executor reading) {
        this.tables = tables;
        this.partitions = partitions;
        this.store = store;
        this.transactions = transactions;
        this.reading = reading;
    }

    /**
     * Runs one operation. Fails with {@link ServiceException} for what the client is to be told; any other failure leaves
     * open whether a write took place.
     *
     * @param answering where answers are put together, so that the store's threads are not kept
     */
    public CompletionStage<byte[]> run(String operation, byte[] body, Executor answering) {
        Plan plan;
        try {
            plan = DataOperations.plan(operation, body, tables);
        } catch (ServiceException refused) {
            return CompletableFuture.failedFuture(refused);
        }
        if (plan instanceof Plan.Write write) {
            return write(write, answering);
        }
        if (plan instanceof Plan.BatchWrite batch) {
            return batchWrite(batch, answering);
        }
        if (plan instanceof Plan.TransactWrite transaction) {
            return transactions.run(transaction, body, answering);
        }
        Plan.Read read = (Plan.Read) plan;
        if (read.isOfOneInstant()) {
            return CompletableFuture.supplyAsync(
                    () -> store.atOneInstant(
                            instant -> read.run(table -> new StoreTableReader(instant, table.number()))),
                    reading);
        }
        return read.isPointRead() ? runHere(read) : CompletableFuture.supplyAsync(() -> read.run(this::open), reading);
    }

    private CompletionStage<byte[]> runHere(Plan.Read read) {
        try {
            return CompletableFuture.completedFuture(read.run(this::open));
        } catch (ServiceException refused) {
            return CompletableFuture.failedFuture(refused);
        }
    }

    private StoreTableReader open(TableSchema table) {
        return new StoreTableReader(store, table.number());
    }

    private CompletionStage<byte[]> write(Plan.Write plan, Executor answering) {
        return decide(plan.table(), plan.write()).thenApplyAsync(outcome -> answer(plan, outcome), answering);
    }

    private static byte[] answer(Plan.Write plan, WriteOutcome outcome) {
        if (outcome instanceof WriteOutcome.Written written) {
            return plan.reply(written.before(), written.after());
        }
        if (outcome instanceof WriteOutcome.Unchanged unchanged) {
            return plan.reply(unchanged.before(), unchanged.before());
        }
        throw new CompletionException(((WriteOutcome.Refused) outcome).error());
    }

    /** Every write of a batch goes its own way; one that is refused fails the call, as it would at the service. */
    private CompletionStage<byte[]> batchWrite(Plan.BatchWrite plan, Executor answering) {
        List<CompletableFuture<WriteOutcome>> outcomes = new ArrayList<>();
        for (Plan.TableWrite write : plan.writes()) {
            outcomes.add(decide(write.table(), write.write()));
        }
        return CompletableFuture.allOf(outcomes.toArray(CompletableFuture[]::new))
                .thenApplyAsync(
                        done -> {
                            for (CompletableFuture<WriteOutcome> outcome : outcomes) {
                                if (outcome.join() instanceof WriteOutcome.Refused refused) {
                                    throw new CompletionException(refused.error());
                                }
                            }
                            return plan.reply(List.of());
                        },
                        answering);
    }

    private CompletableFuture<WriteOutcome> decide(TableSchema table, ItemWrite write) {
        CompletableFuture<WriteOutcome> future = new CompletableFuture<>();
        ActorRef<PartitionActor.Command> partition =
                partitions.find(table, write.key()).orElse(null);
        if (partition == null) {
            future.completeExceptionally(new ServiceException(
                    "com.amazonaws.dynamodb.v20120810#ResourceNotFoundException",
                    400,
                    "Requested resource not found",
                    Map.of()));
            return future;
        }
        partition.tell(new PartitionActor.Write(write, new WriteListener() {
            @Override
            public void decided(WriteOutcome outcome) {
                future.complete(outcome);
            }

            @Override
            public void failed(Throwable failure) {
                future.completeExceptionally(failure);
            }
        }));
        return future;
    }
}

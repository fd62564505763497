package dev.meridian.node.data;

import dev.meridian.node.account.Caller;
import dev.meridian.node.catalogue.Catalogue;
import dev.meridian.node.partition.PartitionCommand;
import dev.meridian.node.partition.PartitionDirectory;
import dev.meridian.node.partition.StoreReaders;
import dev.meridian.node.partition.WriteListener;
import dev.meridian.node.partition.WriteOutcome;
import dev.meridian.node.strong.StrongTables;
import dev.meridian.node.transaction.TransactionCoordinator;
import dev.meridian.storage.OrderedStore;
import dev.meridian.table.capacity.Throttling;
import dev.meridian.table.definition.TableSchema;
import dev.meridian.table.model.ServiceException;
import dev.meridian.table.operation.DataOperations;
import dev.meridian.table.operation.Images;
import dev.meridian.table.operation.ItemWrite;
import dev.meridian.table.operation.Plan;
import dev.meridian.table.operation.StrongRead;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.apache.pekko.actor.typed.ActorRef;
import org.jspecify.annotations.Nullable;

/**
 * Runs data operations. Thread-safe and never blocks for a write; a read of single items runs on the caller's thread
 * (a microsecond or two), Query and Scan on the reading executor.
 */
public final class DataPlane {

    private final Catalogue tables;
    private final PartitionDirectory partitions;
    private final OrderedStore store;
    private final StoreReaders readers;
    private final TransactionCoordinator transactions;
    private final StrongTables strong;
    private final StrongPages strongPages;
    private final Executor reading;

    public DataPlane(
            Catalogue tables,
            PartitionDirectory partitions,
            OrderedStore store,
            StoreReaders readers,
            TransactionCoordinator transactions,
            StrongTables strong,
            Executor reading) {
        this.tables = tables;
        this.partitions = partitions;
        this.store = store;
        this.readers = readers;
        this.transactions = transactions;
        this.strong = strong;
        this.strongPages = new StrongPages(strong::refreshBeginning, readers, reading);
        this.reading = reading;
    }

    /**
     * Runs one operation. Fails with {@link ServiceException} for what the client is to be told; any other failure leaves
     * open whether a write took place.
     *
     * @param answering where answers are put together, so that the store's threads are not kept
     */
    public CompletionStage<byte[]> run(Caller caller, byte[] body, Executor answering) {
        return DataOperations.isStatement(caller.operation())
                ? CompletableFuture.supplyAsync(() -> runPlanned(caller, body, answering), reading)
                        .thenCompose(answer -> answer)
                : runPlanned(caller, body, answering);
    }

    private CompletionStage<byte[]> runPlanned(Caller caller, byte[] body, Executor answering) {
        Plan plan;
        try {
            plan = DataOperations.plan(caller.operation(), body, tables.seenBy(caller));
        } catch (ServiceException refused) {
            return CompletableFuture.failedFuture(refused);
        }
        if (plan instanceof Plan.Write write) {
            return write(write, answering);
        }
        if (plan instanceof Plan.BatchWrite batch) {
            return batchWrite(batch, answering);
        }
        if (plan instanceof Plan.SeparateWrites separate) {
            return separateWrites(separate, answering);
        }
        if (plan instanceof Plan.TransactWrite transaction) {
            return transaction.actions().stream()
                            .anyMatch(action -> action.table().isStrong())
                    ? CompletableFuture.failedFuture(StrongRead.noTransactions())
                    : transactions.run(caller.account(), transaction, body, answering);
        }
        return read((Plan.Read) plan);
    }

    private CompletionStage<byte[]> read(Plan.Read read) {
        List<StrongRead> latest;
        try {
            latest = read.strong();
        } catch (ServiceException refused) {
            return CompletableFuture.failedFuture(refused);
        }
        if (read.isPageInOrder() && !latest.isEmpty()) {
            return strongPages.read(read, (StrongRead.OfRange) latest.get(0));
        }
        if (!latest.isEmpty()) {
            return strong.refresh(latest).thenApplyAsync(done -> read.run(readers), reading);
        }
        if (read.isOfOneInstant()) {
            return CompletableFuture.supplyAsync(
                    () -> store.atOneInstant(instant -> read.run(readers.at(instant))), reading);
        }
        return read.isPointRead() ? runHere(read) : CompletableFuture.supplyAsync(() -> read.run(readers), reading);
    }

    private CompletionStage<byte[]> runHere(Plan.Read read) {
        try {
            return CompletableFuture.completedFuture(read.run(readers));
        } catch (ServiceException refused) {
            return CompletableFuture.failedFuture(refused);
        }
    }

    private CompletionStage<byte[]> write(Plan.Write plan, Executor answering) {
        return decide(plan.table(), plan.write()).thenApplyAsync(outcome -> answer(plan, outcome), answering);
    }

    private byte[] answer(Plan.Write plan, WriteOutcome outcome) {
        if (outcome instanceof WriteOutcome.Refused refused) {
            throw new CompletionException(refused.error());
        }
        return plan.reply(outcome.images().orElseThrow(), readers);
    }

    /**
     * Every write of a batch goes its own way. One that is throttled is given back as unprocessed unless all are; one that is
     * refused otherwise fails the call, as it would at the service.
     */
    private CompletionStage<byte[]> batchWrite(Plan.BatchWrite plan, Executor answering) {
        List<CompletableFuture<WriteOutcome>> outcomes = new ArrayList<>();
        for (Plan.TableWrite write : plan.writes()) {
            outcomes.add(decide(write.table(), write.write()));
        }
        return CompletableFuture.allOf(outcomes.toArray(CompletableFuture[]::new))
                .thenApplyAsync(done -> batchAnswer(plan, outcomes), answering);
    }

    private byte[] batchAnswer(Plan.BatchWrite plan, List<CompletableFuture<WriteOutcome>> outcomes) {
        List<@Nullable Images> images = new ArrayList<>();
        ServiceException throttled = null;
        for (CompletableFuture<WriteOutcome> outcome : outcomes) {
            if (outcome.join() instanceof WriteOutcome.Refused refused) {
                if (!Throttling.isThrottling(refused.error())) {
                    throw new CompletionException(refused.error());
                }
                throttled = refused.error();
            }
            images.add(outcome.join().images().orElse(null));
        }
        if (throttled != null && images.stream().noneMatch(Objects::nonNull)) {
            throw new CompletionException(throttled);
        }
        return plan.reply(images, readers);
    }

    /** Every write goes its own way, and its refusal is its own answer. */
    private CompletionStage<byte[]> separateWrites(Plan.SeparateWrites plan, Executor answering) {
        List<CompletableFuture<Plan.SeparateWrites.Result>> results = new ArrayList<>();
        for (Plan.TableWrite write : plan.writes()) {
            results.add(decide(write.table(), write.write()).handle(DataPlane::result));
        }
        return CompletableFuture.allOf(results.toArray(CompletableFuture[]::new))
                .thenApplyAsync(
                        done -> plan.reply(
                                results.stream().map(CompletableFuture::join).toList()),
                        answering);
    }

    private static Plan.SeparateWrites.Result result(@Nullable WriteOutcome outcome, @Nullable Throwable failure) {
        if (failure instanceof ServiceException refused) {
            return new Plan.SeparateWrites.Result.Refused(refused);
        }
        if (outcome == null) {
            throw new CompletionException(failure);
        }
        return outcome instanceof WriteOutcome.Refused refused
                ? new Plan.SeparateWrites.Result.Refused(refused.error())
                : new Plan.SeparateWrites.Result.Done(outcome.images().orElseThrow());
    }

    private CompletableFuture<WriteOutcome> decide(TableSchema table, ItemWrite write) {
        if (table.isStrong()) {
            return strong.write(table, write).toCompletableFuture();
        }
        CompletableFuture<WriteOutcome> future = new CompletableFuture<>();
        ActorRef<PartitionCommand> partition =
                partitions.find(table, write.key()).orElse(null);
        if (partition == null) {
            future.completeExceptionally(new ServiceException(
                    "com.amazonaws.dynamodb.v20120810#ResourceNotFoundException",
                    400,
                    "Requested resource not found",
                    Map.of()));
            return future;
        }
        partition.tell(new PartitionCommand.Write(write, new WriteListener() {
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

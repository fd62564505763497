package dev.meridian.node.transaction;

import dev.meridian.node.account.Accounts;
import dev.meridian.node.partition.PartitionCommand;
import dev.meridian.node.partition.PartitionDirectory;
import dev.meridian.node.partition.Share;
import dev.meridian.node.partition.Vote;
import dev.meridian.node.partition.WriteOutcome;
import dev.meridian.storage.OrderedStore;
import dev.meridian.storage.WriteBatch;
import dev.meridian.table.definition.TableSchema;
import dev.meridian.table.model.ServiceException;
import dev.meridian.table.operation.Cancellation;
import dev.meridian.table.operation.Images;
import dev.meridian.table.operation.ItemWrite;
import dev.meridian.table.operation.Plan;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.pekko.actor.typed.ActorRef;

/**
 * Takes transactions through two phases: every partition votes and locks its items; then each decides, and what all of them
 * decided goes to the store as one batch. The region's partitions share that store, so the batch is the ledger: after a crash a
 * transaction took place exactly if its batch did. Thread-safe.
 */
public final class TransactionCoordinator {

    private static final long PATIENCE_SECONDS = 10;

    private final PartitionDirectory partitions;
    private final OrderedStore store;
    private final TransactionTokens tokens;
    private final Plan.Readers readers;
    private final AtomicLong count = new AtomicLong();

    public TransactionCoordinator(
            PartitionDirectory partitions, OrderedStore store, TransactionTokens tokens, Plan.Readers readers) {
        this.partitions = partitions;
        this.store = store;
        this.tokens = tokens;
        this.readers = readers;
    }

    /** A partition's place in the one order in which all transactions take them. */
    private record Place(int table, int partition) implements Comparable<Place> {

        @Override
        public int compareTo(Place other) {
            int byTable = Integer.compare(table, other.table);
            return byTable != 0 ? byTable : Integer.compare(partition, other.partition);
        }
    }

    /** The actions of one partition, and where they stand among all. */
    private record Part(ActorRef<PartitionCommand> partition, List<ItemWrite> writes, List<Integer> positions) {}

    /**
     * Runs a transaction. Fails with {@link ServiceException} for what the client is to be told; any other failure leaves open
     * whether it took place.
     *
     * @param account whose tokens count
     * @param body the request as it came, which a token stands for
     */
    public CompletionStage<byte[]> run(String account, Plan.TransactWrite plan, byte[] body, Executor answering) {
        byte[] fingerprint = TransactionTokens.fingerprint(body);
        String token = plan.token()
                .map(given -> account.equals(Accounts.USUAL) ? given : account + "/" + given)
                .orElse("");
        try {
            if (!token.isEmpty() && !tokens.begin(token, fingerprint)) {
                return CompletableFuture.completedFuture(plan.replyAgain());
            }
        } catch (RuntimeException refused) {
            return CompletableFuture.failedFuture(refused);
        }
        try {
            return new Run(plan, token, fingerprint, Long.toString(count.incrementAndGet()))
                    .start()
                    .whenComplete((done, failure) -> tokens.end(token))
                    .thenApplyAsync(images -> plan.reply(images, readers), answering);
        } catch (RuntimeException refused) {
            tokens.end(token);
            return CompletableFuture.failedFuture(refused);
        }
    }

    /** One transaction. */
    private final class Run {

        private final Plan.TransactWrite plan;
        private final String token;
        private final byte[] fingerprint;
        private final String name;
        private final List<Part> parts;
        private final List<Share> shares = Collections.synchronizedList(new ArrayList<>());
        private volatile boolean handedOver;

        Run(Plan.TransactWrite plan, String token, byte[] fingerprint, String name) {
            this.plan = plan;
            this.token = token;
            this.fingerprint = fingerprint;
            this.name = name;
            this.parts = parts(plan.actions());
        }

        private List<Part> parts(List<Plan.TableWrite> actions) {
            Map<Place, Part> byPlace = new TreeMap<>();
            for (int i = 0; i < actions.size(); i++) {
                TableSchema table = actions.get(i).table();
                ItemWrite write = actions.get(i).write();
                ActorRef<PartitionCommand> partition = partitions
                        .find(table, write.key())
                        .orElseThrow(() ->
                                ServiceException.dynamodb("ResourceNotFoundException", "Requested resource not found"));
                int number = write.key().partition(partitions.of(table.number()).size());
                Part part = byPlace.computeIfAbsent(
                        new Place(table.number(), number),
                        none -> new Part(partition, new ArrayList<>(), new ArrayList<>()));
                part.writes().add(write);
                part.positions().add(i);
            }
            return List.copyOf(byPlace.values());
        }

        /** Completes with the images of each action. */
        CompletionStage<List<Images>> start() {
            return vote().thenCompose(refusals -> {
                        if (refusals.stream().anyMatch(Optional::isPresent)) {
                            // What the refusal tells of must be durable before it is told.
                            return store.commit(new WriteBatch()).thenApply(durable -> {
                                throw Cancellation.of(refusals);
                            });
                        }
                        return decide(0).thenCompose(decided -> commit());
                    })
                    .whenComplete((done, failure) -> {
                        if (failure != null && !handedOver) {
                            shares.forEach(share -> share.abandon(failure));
                        }
                        tellAll(new PartitionCommand.Proceed(name));
                        tellAll(new PartitionCommand.Release(name));
                    })
                    .thenApply(done -> images());
        }

        private CompletionStage<List<Optional<ServiceException>>> vote() {
            List<CompletableFuture<List<Vote>>> votes = new ArrayList<>();
            for (Part part : parts) {
                CompletableFuture<List<Vote>> answer = new CompletableFuture<>();
                votes.add(answer.orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS));
                part.partition().tell(new PartitionCommand.Prepare(name, part.writes(), answer));
            }
            return CompletableFuture.allOf(votes.toArray(CompletableFuture[]::new))
                    .thenApply(all -> {
                        List<Optional<ServiceException>> refusals = new ArrayList<>(
                                Collections.nCopies(plan.actions().size(), Optional.empty()));
                        for (int p = 0; p < parts.size(); p++) {
                            for (int w = 0; w < parts.get(p).positions().size(); w++) {
                                refusals.set(
                                        parts.get(p).positions().get(w),
                                        votes.get(p).join().get(w).refusal());
                            }
                        }
                        return refusals;
                    });
        }

        /** Lets the partitions decide, one after another in the order all transactions keep. */
        private CompletionStage<Void> decide(int from) {
            if (from == parts.size()) {
                return CompletableFuture.completedFuture(null);
            }
            CompletableFuture<Share> answer = new CompletableFuture<>();
            parts.get(from).partition().tell(new PartitionCommand.Execute(name, answer));
            return answer.orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).thenCompose(share -> {
                shares.add(share);
                return decide(from + 1);
            });
        }

        private CompletionStage<Void> commit() {
            WriteBatch batch = new WriteBatch();
            shares.forEach(share -> batch.addAll(share.batch()));
            if (!token.isEmpty()) {
                tokens.note(batch, token, fingerprint);
            }
            handedOver = true;
            CompletionStage<Void> commit = Share.commit(List.copyOf(shares), () -> store.commit(batch));
            tellAll(new PartitionCommand.Proceed(name));
            return commit;
        }

        private void tellAll(PartitionCommand message) {
            parts.forEach(part -> part.partition().tell(message));
        }

        private List<Images> images() {
            Images[] images = new Images[plan.actions().size()];
            for (int p = 0; p < parts.size(); p++) {
                List<WriteOutcome> outcomes = shares.get(p).outcomes();
                for (int w = 0; w < outcomes.size(); w++) {
                    images[parts.get(p).positions().get(w)] =
                            outcomes.get(w).images().orElse(new Images(null, null));
                }
            }
            return List.of(images);
        }
    }
}

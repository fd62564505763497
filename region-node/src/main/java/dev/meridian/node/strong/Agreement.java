package dev.meridian.node.strong;

import dev.meridian.node.session.Later;
import dev.meridian.replication.consensus.AcceptorState;
import dev.meridian.replication.consensus.Ballots;
import dev.meridian.replication.consensus.Change;
import dev.meridian.replication.consensus.ItemMessage;
import dev.meridian.replication.consensus.Lead;
import dev.meridian.replication.consensus.Message;
import dev.meridian.replication.consensus.Outcome;
import dev.meridian.replication.consensus.Proposer;
import dev.meridian.replication.consensus.Reply;
import dev.meridian.replication.link.LinkRequest;
import dev.meridian.replication.link.Links;
import dev.meridian.replication.log.RowKeys;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/** Carries proposers through: sends their messages, tells them the answers, wakes them. Thread-safe. */
final class Agreement {

    private static final long TIMEOUT_MILLIS = 1_500;
    private static final int LEADS_MAX = 20_000;

    private final String region;
    private final Acceptor acceptor;
    private final Links links;
    private final Ballots ballots;
    private final Executor executor;
    private final Later later;
    private final LongSupplier ticks;
    private final RandomGenerator random;
    private final Map<ByteBuffer, Lead> leads = new ConcurrentHashMap<>();

    /**
     * @param executor runs what answers bring about; never within the call that hands it over
     * @param ticks milliseconds of a clock that never jumps
     * @param random safe for several threads
     */
    Agreement(
            String region,
            Acceptor acceptor,
            Links links,
            Ballots ballots,
            Executor executor,
            Later later,
            LongSupplier ticks,
            RandomGenerator random) {
        this.region = region;
        this.acceptor = acceptor;
        this.links = links;
        this.ballots = ballots;
        this.executor = executor;
        this.later = later;
        this.ticks = ticks;
        this.random = random;
    }

    /** Runs one operation on one item; never fails, the outcome says how it ended. */
    CompletionStage<Outcome> run(StrongGroups.Group group, byte[] key, Change change) {
        AcceptorState here = acceptor.state(group.id(), key);
        Proposer proposer =
                new Proposer(group.acceptors(), change, ballots, here.promised().counter(), random);
        if (change == Change.READ) {
            return start(new Running(group.id(), key, proposer, acceptor::take));
        }
        ByteBuffer name = ByteBuffer.wrap(RowKeys.acceptor(group.id(), key));
        Lead lead = leads.remove(name);
        if (lead != null && lead.isIn(here)) {
            proposer.remembering(new Lead.Taken(lead, here.value()));
        }
        return start(new Running(group.id(), key, proposer, acceptor::take)).whenComplete((outcome, none) -> {
            Lead next = proposer.lead();
            if (next != null) {
                remember(name, next);
            }
        });
    }

    /** Leads only save time: when there are too many all of them go. */
    private void remember(ByteBuffer name, Lead lead) {
        if (leads.size() >= LEADS_MAX) {
            leads.clear();
        }
        leads.put(name, lead);
    }

    /** Leaves every region with what is agreed on; ends as {@link Outcome.Kept} once all have it. */
    CompletionStage<Outcome> runWithAll(String group, List<String> acceptors, byte[] key) {
        return start(new Running(group, key, Proposer.ofAll(acceptors, ballots, random), acceptor::takeAnyway));
    }

    private static CompletionStage<Outcome> start(Running running) {
        running.start();
        return running.end;
    }

    private final class Running {

        private final String group;
        private final byte[] key;
        private final Proposer proposer;
        private final Function<ItemMessage, CompletionStage<Reply>> here;
        private final CompletableFuture<Outcome> end = new CompletableFuture<>();

        Running(String group, byte[] key, Proposer proposer, Function<ItemMessage, CompletionStage<Reply>> here) {
            this.group = group;
            this.key = key;
            this.proposer = proposer;
            this.here = here;
        }

        synchronized void start() {
            act(proposer.start(ticks.getAsLong()));
        }

        private synchronized void answered(long exchange, Reply reply) {
            act(proposer.answered(exchange, reply, ticks.getAsLong()));
        }

        private synchronized void failed(long exchange) {
            act(proposer.failed(exchange, ticks.getAsLong()));
        }

        private synchronized void waited() {
            act(proposer.waited(ticks.getAsLong()));
        }

        private void act(List<Proposer.Effect> effects) {
            for (Proposer.Effect effect : effects) {
                if (effect instanceof Proposer.Effect.Send send) {
                    reply(send.acceptor(), send.message())
                            .whenCompleteAsync(
                                    (reply, failure) -> {
                                        if (failure == null) {
                                            answered(send.exchange(), reply);
                                        } else {
                                            failed(send.exchange());
                                        }
                                    },
                                    executor);
                } else if (effect instanceof Proposer.Effect.Wait wait) {
                    later.run(wait.millis(), this::waited);
                } else {
                    Outcome outcome = ((Proposer.Effect.Done) effect).outcome();
                    executor.execute(() -> end.complete(outcome));
                }
            }
        }

        private CompletionStage<Reply> reply(String to, Message message) {
            ItemMessage sent = new ItemMessage(group, key, message);
            if (to.equals(region)) {
                return here.apply(sent);
            }
            return links.to(to)
                    .exchange(new LinkRequest(LinkRequest.Kind.AGREE, sent.encode(), TIMEOUT_MILLIS))
                    .thenApply(Reply::decode);
        }
    }
}

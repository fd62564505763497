package dev.meridian.replication.consensus;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Decisions of a proposer among three acceptors that answer at once, in the order of the test's choosing. */
class ProposerTest {

    private static final List<String> REGIONS = List.of("a", "b", "c");

    private final Map<String, AcceptorState> states = new HashMap<>();

    @Test
    void aWriteTakesTwoRoundsAndAReadOne() {
        Running write = new Running("a", put("x")).reaches("a", "b");
        assertThat(write.end).isNull();
        assertThat(write.reaches("a", "b").replaced()).isEqualTo("x");
        assertThat(new Running("b", Change.READ).reaches("a", "b").kept()).isEqualTo("x");
    }

    @Test
    void aReadThatFindsRegionsApartBringsThemTogether() {
        new Running("a", put("x")).throughout("a", "b");
        Running read = new Running("c", Change.READ).reaches("b", "c").misses("a");
        assertThat(read.end).isNull();
        assertThat(read.throughout("b", "c").kept()).isEqualTo("x");
        assertThat(text(state("c").value())).isEqualTo("x");
    }

    @Test
    void aWriteOvertakenByAnotherDoesNotTakePlace() {
        Running first = new Running("a", put("x")).reaches("a", "b");
        // Before its value is accepted another region writes.
        new Running("b", put("y")).throughout("b", "c");
        first.throughout("a", "b", "c");
        assertThat(first.end).isInstanceOf(Outcome.Overtaken.class);
        assertThat(new Running("a", Change.READ).throughout("a", "c").kept()).isEqualTo("y");
    }

    @Test
    void aReaderInBetweenCostsABallotAndNoConflict() {
        Running write = new Running("a", put("x")).reaches("a", "b");
        REGIONS.forEach(region -> take(region, new Message.Prepare(new Ballot(7, "b"))));
        assertThat(write.throughout("a", "b").replaced()).isEqualTo("x");
    }

    @Test
    void aWriterThatStaysNeedsOneRound() {
        Running first = new Running("a", put("x")).throughout("a", "b");
        Lead lead = Objects.requireNonNull(first.proposer.lead());
        assertThat(lead.isIn(state("a"))).isTrue();
        Running second =
                new Running("a", put("y"), new Lead.Taken(lead, state("a").value()));
        assertThat(second.reaches("a", "b").replaced()).isEqualTo("y");
        assertThat(second.proposer.lead()).isNotNull();
    }

    @Test
    void anotherWriteSinceCostsRoundsAndNoConflict() {
        Running first = new Running("a", put("x")).throughout("a", "b");
        Lead.Taken lead = new Lead.Taken(
                Objects.requireNonNull(first.proposer.lead()), state("a").value());
        new Running("b", put("y")).throughout("b", "c");
        assertThat(new Running("a", put("z"), lead).throughout("a", "b", "c").replaced())
                .isEqualTo("z");
    }

    @Test
    void allRegionsHaveWhatIsAgreedOnAfterARoundOfAll() {
        new Running("a", put("x")).throughout("a", "b");
        Running all = new Running(Proposer.ofAll(REGIONS, new Ballots("c"), new Random(1)));
        assertThat(all.throughout("a", "b", "c").kept()).isEqualTo("x");
        assertThat(text(state("c").value())).isEqualTo("x");
        assertThat(new Running(Proposer.ofAll(REGIONS, new Ballots("c"), new Random(1))).throughout("a", "b").end)
                .isInstanceOf(Outcome.Unreachable.class);
    }

    @Test
    void withoutAMajorityNothingHappens() {
        assertThat(new Running("a", put("x")).throughout("a").end).isInstanceOf(Outcome.Unreachable.class);
        assertThat(state("a").accepted()).isEqualTo(Ballot.ZERO);
        assertThat(new Running("a", Change.READ).throughout("a").end).isInstanceOf(Outcome.Unreachable.class);
    }

    @Test
    void nobodyKnowsWhatBecomesOfAValueThatOneRegionTook() {
        Running write = new Running("a", put("x")).reaches("a", "b").throughout("a");
        assertThat(write.end).isInstanceOf(Outcome.Unknown.class);
        // The next one to look finds it and finishes it.
        assertThat(new Running("b", Change.READ).throughout("a", "b").kept()).isEqualTo("x");
    }

    @Test
    void statesAndMessagesSurviveBeingWritten() {
        ItemMessage message = new ItemMessage(
                "table",
                new byte[] {1, 2},
                new Message.Accept(new Ballot(5, "a/1"), new byte[] {3}, new Ballot(6, "a/1")));
        ItemMessage read = ItemMessage.decode(message.encode());
        assertThat(read.group()).isEqualTo("table");
        assertThat(read.message()).isInstanceOfSatisfying(Message.Accept.class, accept -> {
            assertThat(accept.ballot()).isEqualTo(new Ballot(5, "a/1"));
            assertThat(accept.value()).containsExactly(3);
            assertThat(accept.next()).isEqualTo(new Ballot(6, "a/1"));
        });
        AcceptorState state =
                AcceptorState.decode(new AcceptorState(new Ballot(6, "b"), new Ballot(5, "a/1"), null).encode());
        assertThat(state).isEqualTo(new AcceptorState(new Ballot(6, "b"), new Ballot(5, "a/1"), null));
        assertThat(Reply.decode(new Reply.Refused(new Ballot(9, "c")).encode()))
                .isEqualTo(new Reply.Refused(new Ballot(9, "c")));
        assertThat(Reply.decode(new Reply.Taken().encode())).isEqualTo(new Reply.Taken());
    }

    private Reply take(String region, Message message) {
        AcceptorState.Step step = state(region).take(message);
        states.put(region, step.next());
        return step.reply();
    }

    private AcceptorState state(String region) {
        return states.getOrDefault(region, AcceptorState.NONE);
    }

    /** An operation, message by message. */
    private final class Running {

        private final Proposer proposer;
        private final List<Proposer.Effect.Send> sent = new ArrayList<>();
        private boolean isWaiting;
        private @Nullable Outcome end;

        Running(String region, Change change) {
            this(new Proposer(REGIONS, change, new Ballots(region), 0, new Random(1)));
        }

        Running(String region, Change change, Lead.Taken lead) {
            this(new Proposer(REGIONS, change, new Ballots(region), 9, new Random(1)).remembering(lead));
        }

        Running(Proposer proposer) {
            this.proposer = proposer;
            take(proposer.start(0));
        }

        private void take(List<Proposer.Effect> effects) {
            for (Proposer.Effect effect : effects) {
                if (effect instanceof Proposer.Effect.Send send) {
                    sent.add(send);
                } else if (effect instanceof Proposer.Effect.Done done) {
                    end = done.outcome();
                } else {
                    isWaiting = true;
                }
            }
        }

        /** What was sent last arrives in these regions, in this order. */
        Running reaches(String... regions) {
            List<Proposer.Effect.Send> now = List.copyOf(sent);
            sent.clear();
            for (String region : regions) {
                for (Proposer.Effect.Send send : now) {
                    if (send.acceptor().equals(region)) {
                        take(proposer.answered(send.exchange(), ProposerTest.this.take(region, send.message()), 0));
                    }
                }
            }
            if (sent.isEmpty()) {
                now.stream()
                        .filter(send -> !List.of(regions).contains(send.acceptor()))
                        .forEach(sent::add);
            }
            return this;
        }

        /** What was sent last is lost on its way to these regions. */
        Running misses(String... regions) {
            List<Proposer.Effect.Send> now = List.copyOf(sent);
            sent.clear();
            for (Proposer.Effect.Send send : now) {
                if (List.of(regions).contains(send.acceptor())) {
                    take(proposer.failed(send.exchange(), 0));
                }
            }
            return this;
        }

        /** To the end, while only these regions can be reached. */
        Running throughout(String... regions) {
            while (end == null) {
                if (isWaiting) {
                    isWaiting = false;
                    sent.clear();
                    take(proposer.waited(0));
                } else {
                    reaches(regions);
                    if (end == null && !isWaiting && sent.size() < REGIONS.size()) {
                        misses(REGIONS.toArray(String[]::new));
                    }
                }
            }
            return this;
        }

        String replaced() {
            return text(((Outcome.Replaced) Objects.requireNonNull(end)).after());
        }

        String kept() {
            return text(((Outcome.Kept) Objects.requireNonNull(end)).current());
        }
    }

    private static String text(byte @Nullable [] value) {
        return value == null ? "" : new String(value, java.nio.charset.StandardCharsets.UTF_8);
    }

    private static Change put(String text) {
        byte[] value = text.getBytes(java.nio.charset.StandardCharsets.UTF_8);
        return new Change() {
            @Override
            public Proposal propose(byte @Nullable [] current) {
                return new Replace(value);
            }

            @Override
            public boolean includes(byte @Nullable [] current, byte[] own) {
                return java.util.Arrays.equals(current, own);
            }
        };
    }
}

package dev.meridian.chaos.drill;

import static org.assertj.core.api.Assertions.assertThat;

import dev.meridian.chaos.drill.History.Operation;
import dev.meridian.chaos.drill.History.Outcome;
import dev.meridian.chaos.drill.Measures.End;
import dev.meridian.chaos.drill.Measures.Loss;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class MeasuresTest {

    private static final String US = "us-east-1";
    private static final String EU = "eu-west-1";

    private final List<Operation> operations = new ArrayList<>();
    private final Map<String, Long> held = new HashMap<>();

    private void put(long number, String key, String region, double start, double end, Outcome outcome) {
        operations.add(new Operation(number, true, key, region, start, end, outcome, 0, 1));
        if (outcome == Outcome.DONE) {
            held.merge(key, number, Math::max);
        }
    }

    private void get(long number, String key, double start, long seen) {
        operations.add(new Operation(number, false, key, EU, start, start + 1, Outcome.DONE, seen, 1));
    }

    private Map<String, Double> measure(List<Loss> losses, Map<String, Set<Long>> losers, double fault) {
        End end = new End(5, held, losers, fault, Measures.Sums.NONE, Measures.Lag.NONE);
        return new Measures(operations, losses, end, false, false).all();
    }

    @Test
    void recoveryIsWhenWritesSucceedAndGoOnDoingSo() {
        put(1, "a", US, 0, 2, Outcome.DONE);
        put(2, "b", US, 1_000, 1_010, Outcome.REFUSED);
        put(3, "c", EU, 1_100, 1_110, Outcome.DONE);
        put(4, "d", US, 1_200, 1_300, Outcome.REFUSED);
        put(5, "e", EU, 1_400, 1_450, Outcome.DONE);
        put(6, "f", EU, 2_000, 2_010, Outcome.DONE);
        put(7, "g", EU, 3_000, 3_010, Outcome.DONE);
        assertThat(measure(List.of(), Map.of(), 1_000)).containsEntry("rto", 450.0);
        assertThat(measure(List.of(), Map.of(), -1)).containsEntry("rto", 0.0);
    }

    @Test
    void anOutageThatNeverEndsLastsUntilTheEnd() {
        put(1, "a", US, 0, 2, Outcome.DONE);
        put(2, "b", US, 1_000, 2_000, Outcome.UNKNOWN);
        put(3, "c", US, 4_000, 5_000, Outcome.UNKNOWN);
        assertThat(measure(List.of(), Map.of(), 900)).containsEntry("rto", 4_100.0);
    }

    @Test
    void whatOnlyTheDeadRegionHeldCountsAsLostAtFailoverAndRecoveredIfItComesBack() {
        put(1, "a", US, 0, 10, Outcome.DONE);
        put(2, "b", US, 20, 30, Outcome.DONE);
        put(3, "c", US, 40, 50, Outcome.DONE);
        put(4, "d", US, 60, 70, Outcome.UNKNOWN);
        put(5, "e", EU, 60, 70, Outcome.DONE);
        Loss loss = new Loss(US, 100, 200, Map.of("a", 1L, "e", 5L));
        assertThat(measure(List.of(loss), Map.of(), 100))
                .containsEntry("rpo.writes", 2.0)
                .containsEntry("rpo.age", 70.0)
                .containsEntry("recovered-late", 2.0)
                .containsEntry("lost-acknowledged-writes", 0.0);
        held.remove("c");
        assertThat(measure(List.of(loss), Map.of(), 100))
                .containsEntry("recovered-late", 1.0)
                .containsEntry("lost-acknowledged-writes", 1.0);
    }

    @Test
    void aWriteIsAccountedForWhenItsKeyHoldsALaterOneOrTheConflictRecordDoes() {
        put(1, "a", US, 0, 10, Outcome.DONE);
        put(2, "a", US, 20, 30, Outcome.DONE);
        held.put("a", 1L);
        assertThat(measure(List.of(), Map.of(), -1)).containsEntry("lost-acknowledged-writes", 1.0);
        assertThat(measure(List.of(), Map.of("a", Set.of(2L)), -1))
                .containsEntry("lost-acknowledged-writes", 0.0)
                .containsEntry("conflicts", 1.0);
        put(3, "a", US, 40, 50, Outcome.UNKNOWN);
        held.put("a", 3L);
        assertThat(measure(List.of(), Map.of(), -1)).containsEntry("lost-acknowledged-writes", 0.0);
    }

    @Test
    void aWriteThatWasUnderWayAtTheSameTimeMayHaveComeLater() {
        put(1, "a", US, 0, 25, Outcome.DONE);
        put(2, "a", US, 20, 30, Outcome.DONE);
        held.put("a", 1L);
        assertThat(measure(List.of(), Map.of(), -1)).containsEntry("lost-acknowledged-writes", 0.0);
    }

    @Test
    void aReadIsStaleThatDoesNotSeeWhatWasAcknowledgedBeforeItBegan() {
        put(1, "a", US, 0, 10, Outcome.DONE);
        get(2, "a", 110, 0);
        get(3, "a", 120, 1);
        get(4, "a", 5, 0);
        assertThat(measure(List.of(), Map.of(), -1))
                .containsEntry("stale-reads", 1.0)
                .containsEntry("stale-reads.age", 100.0);
    }
}

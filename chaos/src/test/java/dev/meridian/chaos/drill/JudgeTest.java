package dev.meridian.chaos.drill;

import static org.assertj.core.api.Assertions.assertThat;

import dev.meridian.chaos.drill.DrillResult.Verdict;
import dev.meridian.chaos.drill.History.Operation;
import dev.meridian.chaos.drill.History.Outcome;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JudgeTest {

    private static final List<Operation> ONE_WRITE =
            List.of(new Operation(1, true, "k", "us-east-1", 0, 5, Outcome.DONE, 0, 1));

    private static Drill drill(String name) {
        return DrillParser.parse(DrillLibrary.text(name).orElseThrow().replace("[conflict, stale-read]", "[]"));
    }

    private static DrillResult judged(
            Drill drill, Map<String, Long> held, List<Measures.Loss> losses, boolean isWhole) {
        return Judge.judge(
                drill,
                "",
                ONE_WRITE,
                losses,
                new Measures.End(5, held, Map.of(), -1, Measures.Sums.NONE, Measures.Lag.NONE),
                List.of(),
                new Sightings(List.of(), List.of(), isWhole));
    }

    @Test
    void aWriteThatIsNowhereFailsTheDrill() {
        assertThat(judged(drill("split-brain"), Map.of("k", 1L), List.of(), true)
                        .verdict())
                .isEqualTo(Verdict.PASSED);
        DrillResult failed = judged(drill("split-brain"), Map.of(), List.of(), true);
        assertThat(failed.verdict()).isEqualTo(Verdict.FAILED);
        assertThat(failed.reason()).isEqualTo("not all thresholds held");
    }

    @Test
    void nothingIsSaidOfLossesWhereConflictsMayHaveBeenForgotten() {
        DrillResult result = judged(drill("split-brain"), Map.of(), List.of(), false);
        assertThat(result.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
        assertThat(result.reason()).startsWith("a region keeps no more conflicts on record");
        assertThat(judged(drill("split-brain"), Map.of("k", 1L), List.of(), false)
                        .verdict())
                .isEqualTo(Verdict.PASSED);
    }

    @Test
    void aStronglyConsistentTableMayLoseNothingWhateverTheThresholds() {
        Drill eventual = drill("split-brain");
        Drill strong = DrillParser.parse(DrillLibrary.text("split-brain")
                .orElseThrow()
                .replace("latency: none", "consistency: strong")
                .replace("[conflict, stale-read]", "[]"));
        List<Measures.Loss> missing = List.of(new Measures.Loss("us-east-1", 10, 20, Map.of()));
        assertThat(judged(eventual, Map.of("k", 1L), missing, true).verdict()).isEqualTo(Verdict.PASSED);
        DrillResult failed = judged(strong, Map.of("k", 1L), missing, true);
        assertThat(failed.verdict()).isEqualTo(Verdict.FAILED);
        assertThat(failed.reason()).isEqualTo("what must always hold did not: rpo.writes");
    }
}

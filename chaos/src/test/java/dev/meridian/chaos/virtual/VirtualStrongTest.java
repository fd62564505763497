package dev.meridian.chaos.virtual;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.meridian.chaos.drill.Drill;
import dev.meridian.chaos.drill.DrillLibrary;
import dev.meridian.chaos.drill.DrillParser;
import dev.meridian.chaos.drill.DrillResult;
import dev.meridian.chaos.drill.DrillResult.Verdict;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Strongly consistent tables in virtual time: what regions agree on is lost by no fault, and every key is one register. */
class VirtualStrongTest {

    private static final Drill READY =
            DrillParser.parse(DrillLibrary.text("strong-region-loss").orElseThrow());

    private static Drill drill(String load, String steps) {
        return DrillParser.parse("""
                apiVersion: meridian/v1
                kind: Drill
                metadata: { name: strong }
                spec:
                  topology: { regions: [us-east-1, eu-west-1, ap-southeast-2], latency: aws, consistency: strong }
                  load: { mode: any-region, rate: 40/s, for: 20s, puts: 50, timeout: 5s, %s }
                  steps:
                %s
                  thresholds: [ lost-acknowledged-writes == 0, not-linearizable == 0, keys-checked > 0 ]
                """.formatted(load, steps.indent(4).stripTrailing()));
    }

    private static void assertPasses(Drill drill, long seed) {
        DrillResult result = VirtualRun.run(drill, VirtualSetting.USUAL, seed, null);
        assertThat(result.verdict())
                .as("seed %s: %s %s", seed, result.reason(), result.measures())
                .isEqualTo(Verdict.PASSED);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void aDeadRegionTakesNothingWithIt(long seed) {
        DrillResult result = VirtualRun.run(READY, VirtualSetting.USUAL, seed, null);
        assertThat(result.verdict())
                .as("seed %s: %s %s", seed, result.reason(), result.measures())
                .isEqualTo(Verdict.PASSED);
        assertThat(result.measures())
                .containsEntry("rpo.writes", 0.0)
                .containsEntry("conflicts", 0.0)
                .containsEntry("not-linearizable", 0.0);
        // A write waits for the nearest other region: 34 ms there and 34 back.
        assertThat(result.measures().get("put.p50")).isGreaterThan(60);
    }

    @Test
    void oneSeedGivesOneTrace() {
        List<String> first = new ArrayList<>();
        List<String> second = new ArrayList<>();
        VirtualRun.run(READY, VirtualSetting.USUAL, 7, first::add);
        VirtualRun.run(READY, VirtualSetting.USUAL, 7, second::add);
        assertThat(first).hasSizeGreaterThan(2_000).isEqualTo(second);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void linksThatLoseAndDoubleAndOvertakeBreakNoRegister(long seed) {
        assertPasses(drill("keys: 20", """
                - { at: 2s, for: 10s, fault: link-slow, link: us-east-1~eu-west-1, loss: 10%, duplicate: 10%, reorder: 20% }
                - { at: 6s, for: 6s, fault: link-cut, link: eu-west-1~ap-southeast-2 }
                - { at: 13s, for: 3s, fault: region-pause, region: eu-west-1 }
                """), seed);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void disksClocksAndCrashesBreakNoRegister(long seed) {
        assertPasses(drill("keys: 20", """
                - { at: 1s, for: 17s, fault: clock-skew, region: ap-southeast-2, offset: -30s }
                - { at: 2s, for: 4s, fault: disk-full, region: us-east-1 }
                - { at: 7s, for: 3s, fault: disk-sync-error, region: eu-west-1 }
                - { at: 12s, for: 4s, fault: torn-write, region: us-east-1 }
                - { at: 13s, for: 2s, fault: region-kill, region: us-east-1 }
                """), seed);
    }

    @Test
    void aCounterCountsEveryIncrement() {
        assertPasses(drill("keys: 5, workload: counter", """
                - { at: 5s, for: 5s, fault: region-kill, region: us-east-1 }
                """), 1);
    }

    @Test
    void eventualReadsOfTheSameTableAreStale() {
        Drill eventual = drill("keys: 5, reads: eventual", """
                - { at: 5s, for: 5s, fault: link-cut, link: us-east-1~eu-west-1 }
                """);
        DrillResult result = VirtualRun.run(eventual, VirtualSetting.USUAL, 1, null);
        assertThat(result.measures().get("stale-reads")).isPositive();
    }

    @Test
    void oneOfThreeRegionsAloneWritesNothing() {
        DrillResult result = VirtualRun.run(drill("keys: 20", """
                - { at: 5s, for: 8s, fault: pause-replication, region: us-east-1 }
                """), VirtualSetting.USUAL, 1, null);
        assertThat(result.operations().stream()
                        .filter(put -> put.region().equals("us-east-1")
                                && put.startMillis() > 5_000
                                && put.endMillis() < 13_000))
                .isNotEmpty()
                .noneMatch(put -> put.isAcknowledgedWrite());
        assertThat(result.operations().stream()
                        .filter(put -> put.region().equals("eu-west-1")
                                && put.startMillis() > 5_000
                                && put.endMillis() < 13_000))
                .anyMatch(put -> put.isAcknowledgedWrite());
    }

    @Test
    void threeRegionsItIsAndNoMore() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> MoreRegions.of(READY, "5"))
                .withMessage("a strongly consistent table stands in three regions, no more");
    }
}

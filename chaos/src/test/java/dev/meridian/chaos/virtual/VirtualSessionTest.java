package dev.meridian.chaos.virtual;

import static org.assertj.core.api.Assertions.assertThat;

import dev.meridian.chaos.drill.DrillLibrary;
import dev.meridian.chaos.drill.DrillParser;
import dev.meridian.chaos.drill.DrillResult;
import dev.meridian.chaos.drill.DrillResult.Verdict;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients that go from region to region, with their session's token and, for the control, without. */
class VirtualSessionTest {

    private static DrillResult run(String file, long seed) {
        return VirtualRun.run(DrillParser.parse(file), VirtualSetting.USUAL, seed, null);
    }

    private static String ready() {
        return DrillLibrary.text("roaming-shopper").orElseThrow();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void withTheTokenEveryoneReadsTheirOwnWrites(long seed) {
        DrillResult result = run(ready(), seed);
        assertThat(result.verdict())
                .as("seed %s: %s %s", seed, result.reason(), result.measures())
                .isEqualTo(Verdict.PASSED);
        assertThat(result.measures().get("session-reads-checked")).isGreaterThan(50);
    }

    @Test
    void withoutItTheyDoNotAndTheLatterOfTwoWritesMayGo() {
        DrillResult result = run(ready().replace("session: true", "session: false"), 1);
        assertThat(result.measures().get("session-own-writes-unread")).isPositive();
        assertThat(result.measures().get("session-writes-reordered")).isPositive();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void regionsThatDieAndDisksThatFillBreakNoSession(long seed) {
        DrillResult result = run("""
                apiVersion: meridian/v1
                kind: Drill
                metadata: { name: hard }
                spec:
                  topology: { latency: aws }
                  load: { mode: any-region, rate: 100/s, for: 30s, keys: 30, puts: 50, session: true, timeout: 8s }
                  steps:
                    - { at: 2s, for: 4s, fault: region-kill, region: us-east-1 }
                    - { at: 8s, for: 4s, fault: region-pause, region: eu-west-1 }
                    - { at: 14s, for: 4s, fault: disk-full, region: ap-southeast-2 }
                    - { at: 20s, for: 4s, fault: link-slow, link: us-east-1~eu-west-1, loss: 20%, reorder: 20% }
                  thresholds: [ lost-acknowledged-writes == 0, session-reads-checked > 50 ]
                """, seed);
        assertThat(result.verdict())
                .as("seed %s: %s %s", seed, result.reason(), result.measures())
                .isEqualTo(Verdict.PASSED);
    }
}

package dev.meridian.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.meridian.chaos.drill.Drill;
import dev.meridian.chaos.drill.DrillParser;
import dev.meridian.chaos.drill.DrillResult;
import dev.meridian.chaos.drill.DrillRun;
import java.io.IOException;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/** The same drill twice against regions that go on running: the second sees nothing of what the first has left. */
class DrillAgainTest {

    private static final Drill DRILL = DrillParser.parse("""
            apiVersion: meridian/v1
            kind: Drill
            metadata: { name: again }
            spec:
              topology: { regions: [us-east-1, eu-west-1] }
              load: { mode: any-region, rate: 100/s, for: 3s, keys: 10, puts: 50 }
              steps:
                - { at: 500ms, for: 1s, fault: link-cut, link: us-east-1~eu-west-1 }
              thresholds: [ lost-acknowledged-writes == 0 ]
              sometimes: [conflict]
            """);

    private static DrillResult run(DrillWorld world) {
        return new DrillRun(DRILL, world.url(), System::nanoTime, () -> LockSupport.parkNanos(1_000_000), said -> {})
                .run();
    }

    @Test
    void anEarlierRunIsNotTakenForThisOne() throws IOException {
        try (DrillWorld world = DrillWorld.start(DRILL)) {
            for (int runs = 0; runs < 2; runs++) {
                DrillResult result = run(world);
                assertThat(result.verdict())
                        .as(result.reason() + result.measures())
                        .isEqualTo(DrillResult.Verdict.PASSED);
                assertThat(result.measures()).containsEntry("versions-went-back", 0.0);
                assertThat(result.measures().get("conflicts"))
                        .isLessThan(result.operations().size());
            }
        }
    }
}

package dev.meridian.chaos.virtual;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.meridian.chaos.drill.Drill;
import dev.meridian.chaos.drill.DrillFileException;
import dev.meridian.chaos.drill.DrillLibrary;
import dev.meridian.chaos.drill.DrillParser;
import dev.meridian.chaos.drill.DrillResult;
import dev.meridian.chaos.drill.DrillResult.Verdict;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class VirtualRunTest {

    private static Drill drill(String name) {
        return DrillParser.parse(DrillLibrary.text(name).orElseThrow());
    }

    @ParameterizedTest
    @MethodSource("dev.meridian.chaos.drill.DrillLibrary#names")
    void whatComesAlongPassesInVirtualTime(String name) {
        if (name.equals("torn-transfers")) {
            assertThatExceptionOfType(DrillFileException.class)
                    .isThrownBy(() -> VirtualRun.run(drill(name), VirtualSetting.USUAL, 1, null))
                    .withMessage("line 13: the workload 'bank' has no form in virtual time; run the drill in real time "
                            + "with 'meridian drill run'");
            return;
        }
        DrillResult result = VirtualRun.run(drill(name), VirtualSetting.USUAL, 1, null);
        assertThat(result.verdict())
                .as("%s: %s", result.reason(), result.measures())
                .isEqualTo(Verdict.PASSED);
    }

    @Test
    void oneSeedGivesOneTraceLineByLine() {
        Drill drill = drill("lose-us-east-1");
        List<String> first = new ArrayList<>();
        List<String> second = new ArrayList<>();
        List<String> other = new ArrayList<>();
        VirtualRun.run(drill, VirtualSetting.USUAL, 7, first::add);
        VirtualRun.run(drill, VirtualSetting.USUAL, 7, second::add);
        VirtualRun.run(drill, VirtualSetting.USUAL, 8, other::add);
        assertThat(first).hasSizeGreaterThan(30_000).isEqualTo(second).isNotEqualTo(other);
    }

    @Test
    void aLostRegionLosesWhatItHadNotSent() {
        DrillResult result = VirtualRun.run(drill("lose-us-east-1"), VirtualSetting.USUAL, 3, null);
        // About what is acknowledged in the time a message takes to the nearest survivor, 34 ms away.
        assertThat(result.measures().get("rpo.writes")).isBetween(5.0, 60.0);
        assertThat(result.measures().get("recovered-late"))
                .isEqualTo(result.measures().get("rpo.writes"));
        assertThat(result.measures().get("rto")).isBetween(1.0, 3_000.0);
        assertThat(result.measures().get("lag.max")).isBetween(14_000.0, 18_000.0);
    }

    @Test
    void lastWriterWinsLosesIncrements() {
        DrillResult result = VirtualRun.run(drill("lost-increments"), VirtualSetting.USUAL, 1, null);
        assertThat(result.measures().get("lost-increments")).isGreaterThan(50);
        assertThat(result.measures().get("lost-increments"))
                .isLessThan(result.measures().get("acknowledged-writes"));
    }

    @Test
    void everyFaultOfLinksAndASlowDiskConverges() {
        Drill all = DrillParser.parse("""
                apiVersion: meridian/v1
                kind: Drill
                metadata: { name: all }
                spec:
                  load: { mode: any-region, rate: 50/s, for: 30s, keys: 50, puts: 60 }
                  steps:
                    - { at: 2s, for: 20s, fault: link-slow, link: us-east-1~eu-west-1, duplicate: 10%, reorder: 20% }
                    - { at: 4s, for: 20s, fault: link-flap, link: eu-west-1~ap-southeast-2, every: 700ms }
                    - { at: 6s, for: 10s, fault: disk-slow, region: eu-west-1, latency: 200ms }
                  thresholds: [ lost-acknowledged-writes == 0, converge-after-heal <= 30s ]
                """);
        for (long seed = 1; seed <= 5; seed++) {
            DrillResult result = VirtualRun.run(all, VirtualSetting.USUAL, seed, null);
            assertThat(result.verdict())
                    .as("seed %s: %s %s", seed, result.reason(), result.measures())
                    .isEqualTo(Verdict.PASSED);
        }
    }

    @Test
    void whatHasNoVirtualFormIsRefusedByName() {
        String starter = DrillLibrary.starter("mine");
        for (String fault : java.util.List.of("disk-full", "disk-sync-error")) {
            assertThatExceptionOfType(DrillFileException.class)
                    .isThrownBy(() -> VirtualRun.check(DrillParser.parse(starter.replace("region-kill", fault))))
                    .withMessageContaining("the fault '" + fault + "' has no form in virtual time");
        }
        assertThatExceptionOfType(DrillFileException.class)
                .isThrownBy(() -> VirtualRun.check(
                        DrillParser.parse(starter.replace("fault: region-kill", "fault: http-door, effect: hang"))))
                .withMessageContaining("the fault 'http-door' has no form in virtual time");
    }
}

package dev.meridian.chaos.virtual;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.meridian.chaos.drill.Drill;
import dev.meridian.chaos.drill.DrillLibrary;
import dev.meridian.chaos.drill.DrillParser;
import dev.meridian.chaos.drill.DrillResult;
import dev.meridian.chaos.drill.DrillResult.Verdict;
import dev.meridian.chaos.drill.History;
import dev.meridian.chaos.yaml.DrillFileException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class VirtualRunTest {

    private static Drill drill(String name) {
        return DrillParser.parse(DrillLibrary.text(name).orElseThrow());
    }

    static List<String> ready() {
        return DrillLibrary.names();
    }

    @ParameterizedTest
    @MethodSource("ready")
    void whatComesAlongPassesInVirtualTime(String name) {
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
    void lastWriterWinsTearsTransfersApart() {
        DrillResult torn = VirtualRun.run(drill("torn-transfers"), VirtualSetting.USUAL, 1, null);
        assertThat(torn.measures().get("bank-drift")).isPositive();
        Drill whole = DrillParser.parse(
                DrillLibrary.text("torn-transfers").orElseThrow().replace("mode: any-region", "mode: one-region"));
        assertThat(VirtualRun.run(whole, VirtualSetting.USUAL, 1, null).measures())
                .as("in one region a transfer is all or nothing")
                .containsEntry("bank-drift", 0.0);
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
    void everyFaultOfRegionsClocksAndDoorsConverges() {
        Drill all = DrillParser.parse("""
                apiVersion: meridian/v1
                kind: Drill
                metadata: { name: all }
                spec:
                  load: { mode: any-region, rate: 100/s, for: 40s, keys: 50, puts: 60 }
                  steps:
                    - { at: 1s, for: 30s, fault: slow-start, region: us-east-1, delay: 3s }
                    - { at: 2s, for: 20s, fault: torn-write, region: us-east-1 }
                    - { at: 3s, for: 5s, fault: region-kill, region: us-east-1 }
                    - { at: 4s, for: 20s, fault: clock-drift, region: eu-west-1, rate: 5% }
                    - { at: 6s, for: 8s, fault: clock-jump, region: ap-southeast-2, by: -30s }
                    - { at: 9s, for: 6s, fault: disk-full, region: ap-southeast-2 }
                    - { at: 12s, for: 10s, fault: new-connections-fail, region: eu-west-1, lag: 2s }
                    - { at: 20s, for: 5s, fault: http-door, effect: throttle, region: us-east-1, probability: 50% }
                    - { at: 24s, for: 4s, fault: http-door, effect: hang, operation: GetItem }
                    - { at: 26s, for: 8s, fault: region-drain, region: us-east-1 }
                  thresholds: [ lost-acknowledged-writes == 0, converge-after-heal <= 30s, errors > 0% ]
                """);
        for (long seed = 1; seed <= 5; seed++) {
            DrillResult result = VirtualRun.run(all, VirtualSetting.USUAL, seed, null);
            assertThat(result.verdict())
                    .as("seed %s: %s %s", seed, result.reason(), result.measures())
                    .isEqualTo(Verdict.PASSED);
        }
    }

    private static final String FILE = """
            apiVersion: meridian/v1
            kind: Drill
            metadata: { name: one }
            spec:
              load: { mode: any-region, rate: 100/s, for: 15s, keys: unique, puts: 100 }
              steps:
                - { at: 5s, for: 5s, fault: %s }
            """;

    private static DrillResult oneFault(String fault) {
        return oneFault(fault, 1);
    }

    private static DrillResult oneFault(String fault, long seed) {
        return run(FILE.formatted(fault), seed);
    }

    private static DrillResult run(String file, long seed) {
        return VirtualRun.run(DrillParser.parse(file), VirtualSetting.USUAL, seed, null);
    }

    private static long writesDuring(DrillResult result, String region, boolean done) {
        return result.operations().stream()
                .filter(put -> put.region().equals(region) && put.startMillis() > 5_000 && put.startMillis() < 10_000)
                .filter(put -> put.isAcknowledgedWrite() == done)
                .count();
    }

    @Test
    void clientsLeaveARegionThatIsDrainedWithoutAFailure() {
        DrillResult result = oneFault("region-drain, region: us-east-1");
        assertThat(writesDuring(result, "us-east-1", true)).isZero();
        assertThat(result.measures()).containsEntry("errors", 0.0);
        assertThat(result.operations().stream()
                        .filter(put -> put.region().equals("us-east-1") && put.startMillis() > 10_001))
                .isNotEmpty();
    }

    @Test
    void aFullDiskRefusesWritesAndLosesNone() {
        DrillResult result = oneFault("disk-full, region: us-east-1");
        assertThat(writesDuring(result, "us-east-1", true)).isZero();
        assertThat(writesDuring(result, "us-east-1", false)).isGreaterThan(100);
        assertThat(writesDuring(result, "eu-west-1", false)).isZero();
        assertThat(result.measures()).containsEntry("lost-acknowledged-writes", 0.0);
    }

    @Test
    void aFailedSyncLosesNothingThatWasAcknowledgedAndTheRegionComesBack() {
        for (long seed = 1; seed <= 5; seed++) {
            DrillResult result = oneFault("disk-sync-error, region: us-east-1", seed);
            assertThat(writesDuring(result, "us-east-1", true)).isZero();
            assertThat(writesDuring(result, "us-east-1", false)).isGreaterThan(100);
            assertThat(writesDuring(result, "eu-west-1", false)).isZero();
            assertThat(result.operations().stream()
                            .filter(put -> put.region().equals("us-east-1") && put.startMillis() > 11_500))
                    .isNotEmpty()
                    .allMatch(History.Operation::isAcknowledgedWrite);
            assertThat(result.verdict()).as(result.reason()).isEqualTo(Verdict.PASSED);
            assertThat(result.measures()).containsEntry("lost-acknowledged-writes", 0.0);
        }
    }

    @Test
    void aCeilingThrottlesWritersAndTheRegionLags() {
        DrillResult result = oneFault("capacity-ceiling, region: us-east-1, writes: 10");
        assertThat(writesDuring(result, "us-east-1", true)).isBetween(1L, 60L);
        assertThat(writesDuring(result, "us-east-1", false)).isGreaterThan(60);
        assertThat(writesDuring(result, "eu-west-1", false)).isZero();
        assertThat(result.measures().get("lag.max")).as("what arrives waits").isGreaterThan(1_000);
        assertThat(result.verdict()).as(result.reason()).isEqualTo(Verdict.PASSED);
    }

    @Test
    void aHotPartitionIsThrottledAndTheOthersAreNot() {
        String hot = "hot-partition, region: us-east-1, writes: 30";
        DrillResult even = oneFault(hot);
        assertThat(writesDuring(even, "us-east-1", false)).isZero();
        DrillResult skewed =
                run(FILE.formatted(hot).replace("rate: 100/s", "rate: 300/s").replace("keys: unique", "keys: 1"), 1);
        assertThat(writesDuring(skewed, "us-east-1", false)).isGreaterThan(100);
        assertThat(writesDuring(skewed, "eu-west-1", false)).isZero();
    }

    @Test
    void aDoorFailsTheShareItIsTold() {
        DrillResult result = oneFault("http-door, effect: 5xx, region: us-east-1, probability: 50%");
        assertThat(writesDuring(result, "us-east-1", false)).isBetween(50L, 120L);
        assertThat(writesDuring(result, "eu-west-1", false)).isZero();
    }

    @Test
    void oldConnectionsLiveWhileNewOnesFailAndTheLagIsSeen() {
        DrillResult result = oneFault("new-connections-fail, region: us-east-1, lag: 4s");
        assertThat(writesDuring(result, "us-east-1", true)).isPositive();
        assertThat(result.measures().get("lag.max")).isGreaterThan(3_900);
        assertThat(writesDuring(result, "eu-west-1", false)).isZero();
    }

    @Test
    void whatHasNoVirtualFormIsRefusedByName() {
        String starter = DrillLibrary.starter("mine");
        assertThatExceptionOfType(DrillFileException.class)
                .isThrownBy(() -> VirtualRun.check(
                        DrillParser.parse(starter.replaceFirst("(?m)^(\\s+)mode: ", "$1command: sleep 1\n$1mode: "))))
                .withMessageContaining("a load's 'command' has no form in virtual time");
        for (String fault : List.of("memory-pressure, take: 1MB")) {
            assertThatExceptionOfType(DrillFileException.class)
                    .isThrownBy(() -> VirtualRun.check(DrillParser.parse(starter.replace("region-kill", fault))))
                    .withMessageContaining(
                            "the fault '" + fault.replaceAll(",.*", "") + "' has no form in virtual time");
        }
    }
}

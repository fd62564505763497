package dev.meridian.chaos.drill.fault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.meridian.chaos.fault.Breakable;
import dev.meridian.chaos.fault.DoorRule;
import dev.meridian.chaos.fault.LinkFault;
import dev.meridian.chaos.yaml.YamlObject;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What each fault of a drill file does to a world, and what it does when it is over. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FaultKindsTest {

    private static final List<String> REGIONS = List.of("us-east-1", "eu-west-1", "ap-southeast-2");

    private final Set<String> seen = new HashSet<>();

    /** Every fault that a file may name is in the table below. */
    @AfterAll
    void allWereSeen() {
        assertThat(seen).containsExactlyInAnyOrderElementsOf(FaultKinds.keys().keySet());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "region-kill, region: us-east-1 | us-east-1 killed | kill us-east-1 | heal us-east-1",
                "region-pause, region: us-east-1 | us-east-1 paused | pause us-east-1 | heal us-east-1",
                "region-drain, region: us-east-1 | us-east-1 drained | setDraining us-east-1 true | setDraining us-east-1 false",
                "slow-start, region: us-east-1, delay: 3s | us-east-1 takes 3000 ms longer to start | slowStart us-east-1 3000"
                        + " | slowStart us-east-1 0",
                "memory-pressure, region: us-east-1, take: 2MB | 2 MB of us-east-1's memory taken away"
                        + " | squeeze us-east-1 2097152 | squeeze us-east-1 0",
                "clock-skew, region: us-east-1, offset: -350ms | us-east-1's clock -350 ms | skew us-east-1 -350"
                        + " | skew us-east-1 0",
                "clock-drift, region: us-east-1, rate: -1% | us-east-1's clock gains -10000 ppm | drift us-east-1 -10000"
                        + " | drift us-east-1 0; skew us-east-1 0",
                "clock-jump, region: us-east-1, by: 90s | us-east-1's clock jumps +90000 ms | jump us-east-1 90000"
                        + " | skew us-east-1 0",
                "link-cut, link: us-east-1>eu-west-1 | us-east-1 > eu-west-1 cut | cut us-east-1 eu-west-1"
                        + " | healLink us-east-1 eu-west-1",
                "partition, groups: us-east-1 / eu-west-1 | us-east-1 / eu-west-1 cut"
                        + " | cut us-east-1 eu-west-1; cut eu-west-1 us-east-1"
                        + " | healLink us-east-1 eu-west-1; healLink eu-west-1 us-east-1",
                "link-slow, link: us-east-1>eu-west-1, latency: 1s | us-east-1 > eu-west-1 1000 ms ± 0 ms, loss 0.0 %"
                        + " | slow us-east-1 eu-west-1 1000 | healLink us-east-1 eu-west-1",
                "link-flap, link: us-east-1>eu-west-1, every: 2s | us-east-1 > eu-west-1 flapping every 2000 ms"
                        + " | flap us-east-1 eu-west-1 2000 | healLink us-east-1 eu-west-1",
                "pause-replication, region: us-east-1 | replication to and from us-east-1 paused"
                        + " | cut us-east-1 eu-west-1; cut eu-west-1 us-east-1; cut us-east-1 ap-southeast-2;"
                        + " cut ap-southeast-2 us-east-1 | healLink us-east-1 eu-west-1; healLink eu-west-1 us-east-1;"
                        + " healLink us-east-1 ap-southeast-2; healLink ap-southeast-2 us-east-1",
                "aws:dynamodb:global-table-pause-replication, region: us-east-1 | replication to and from us-east-1 paused"
                        + " | cut us-east-1 eu-west-1; cut eu-west-1 us-east-1; cut us-east-1 ap-southeast-2;"
                        + " cut ap-southeast-2 us-east-1 | healLink us-east-1 eu-west-1; healLink eu-west-1 us-east-1;"
                        + " healLink us-east-1 ap-southeast-2; healLink ap-southeast-2 us-east-1",
                "disk-slow, region: us-east-1, latency: 50ms | us-east-1's disk 50 ms slower | bendDisk us-east-1 SLOW 50"
                        + " | bendDisk us-east-1 SLOW 0",
                "disk-full, region: us-east-1 | us-east-1's disk full | bendDisk us-east-1 FULL 1 | bendDisk us-east-1 FULL 0",
                "disk-sync-error, region: us-east-1 | us-east-1's disk fails to sync | bendDisk us-east-1 SYNC_ERROR 1"
                        + " | bendDisk us-east-1 SYNC_ERROR 0",
                "torn-write, region: us-east-1 | us-east-1's disk tears the write under way when the region dies"
                        + " | bendDisk us-east-1 TORN_WRITE 1 | bendDisk us-east-1 TORN_WRITE 0",
                "http-door, effect: hang, operation: PutItem | door hang for PutItem | addDoorRule HANG | removeDoorRule HANG",
                "new-connections-fail, region: eu-west-1, lag: 3s"
                        + " | new connections to eu-west-1 fail, 3000 ms of lag to and from it"
                        + " | addDoorRule REFUSE_NEW; slow eu-west-1 us-east-1 3000; slow us-east-1 eu-west-1 3000;"
                        + " slow eu-west-1 ap-southeast-2 3000; slow ap-southeast-2 eu-west-1 3000"
                        + " | removeDoorRule REFUSE_NEW; healLink eu-west-1 us-east-1; healLink us-east-1 eu-west-1;"
                        + " healLink eu-west-1 ap-southeast-2; healLink ap-southeast-2 eu-west-1",
                "capacity-ceiling, region: us-east-1, writes: 50 | us-east-1's tables may take 50 write units"
                        + " | limitTables us-east-1 0.0 50.0 | limitTables us-east-1 0.0 0.0",
                "hot-partition, region: us-east-1, reads: 5 | us-east-1's partitions may take 5 read units"
                        + " | limitPartitions us-east-1 5.0 0.0 | limitPartitions us-east-1 0.0 0.0",
            })
    void doesAndUndoes(String step, String words, String begun, String ended) {
        DrillFault fault = FaultKinds.read(YamlObject.parse("{ fault: " + step + " }"), List.of("fault"), REGIONS);
        seen.add(step.split(",", 2)[0].strip());
        assertThat(fault.describe()).isEqualTo(words);
        assertThat(calls(fault, true)).isEqualTo(begun);
        assertThat(calls(fault, false)).isEqualTo(ended);
    }

    private static String calls(DrillFault fault, boolean begins) {
        List<String> calls = new ArrayList<>();
        Breakable world = (Breakable) Proxy.newProxyInstance(
                FaultKindsTest.class.getClassLoader(), new Class<?>[] {Breakable.class}, (proxy, method, arguments) -> {
                    List<String> words = new ArrayList<>(List.of(method.getName()));
                    Arrays.stream(arguments).map(FaultKindsTest::word).forEach(words::add);
                    calls.add(String.join(" ", words));
                    return CompletableFuture.completedFuture(null);
                });
        (begins ? fault.begin(world) : fault.end(world)).toCompletableFuture().join();
        return String.join("; ", calls);
    }

    private static String word(Object argument) {
        if (argument instanceof DoorRule rule) {
            return rule.effect().name();
        }
        return argument instanceof LinkFault link ? Long.toString(link.latencyMillis()) : argument.toString();
    }
}

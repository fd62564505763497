package dev.meridian.chaos.monkey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.meridian.chaos.drill.fault.Cut;
import dev.meridian.chaos.drill.fault.PauseReplication;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class MonkeyTest {

    private static final List<String> REGIONS = List.of("us-east-1", "eu-west-1", "ap-southeast-2");

    private static List<Monkey.Prank> pranks(long seed, List<String> regions) {
        Monkey monkey = new Monkey(regions, new Random(seed));
        List<Monkey.Prank> pranks = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            pranks.add(monkey.next());
        }
        return pranks;
    }

    @Test
    void oneSeedGivesOneSequence() {
        assertThat(pranks(7, REGIONS)).isEqualTo(pranks(7, REGIONS)).isNotEqualTo(pranks(8, REGIONS));
    }

    @Test
    void itThinksOfEverythingAtTheStatedRate() {
        List<Monkey.Prank> pranks = pranks(1, REGIONS);
        assertThat(pranks.stream().map(prank -> prank.fault().name()))
                .contains("region-kill", "region-pause", "region-drain", "clock-skew", "clock-drift")
                .contains("disk-slow", "disk-full", "link-cut", "link-slow", "link-flap")
                .contains("pause-replication", "new-connections-fail");
        double minutes = pranks.stream()
                        .mapToLong(prank -> prank.afterMillis() + prank.forMillis())
                        .sum()
                / 60_000.0;
        assertThat(pranks.size() / minutes).isBetween(3.5, 5.5);
    }

    @Test
    void aLoneRegionHasNoLinks() {
        assertThat(pranks(1, List.of("us-east-1")))
                .noneMatch(prank -> prank.fault() instanceof Cut || prank.fault() instanceof PauseReplication);
    }
}

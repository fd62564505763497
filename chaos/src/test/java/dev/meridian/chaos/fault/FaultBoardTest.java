package dev.meridian.chaos.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FaultBoardTest {

    private static final FaultBoard.Direction OVER = new FaultBoard.Direction("us-east-1", "eu-west-1");

    private final FaultBoard board = new FaultBoard(Map.of(OVER, LinkFault.latency(80)));

    @Test
    void healingALinkBringsBackItsOrdinaryLatency() {
        board.setLink("us-east-1", "eu-west-1", LinkFault.latency(80).withCut(true));
        assertThat(board.faultyLinks()).containsOnlyKeys(OVER);
        board.healLink("us-east-1", "eu-west-1");
        assertThat(board.link("us-east-1", "eu-west-1")).isEqualTo(LinkFault.latency(80));
        assertThat(board.faultyLinks()).isEmpty();
    }

    @Test
    void aLinkIsOneWay() {
        board.setLink("us-east-1", "eu-west-1", LinkFault.NONE.withCut(true));
        assertThat(board.link("eu-west-1", "us-east-1").cut()).isFalse();
    }

    @Test
    void healingAllLeavesNothingWrong() {
        board.setLink("eu-west-1", "us-east-1", LinkFault.NONE.withCut(true));
        board.setRegion("eu-west-1", RegionFault.NONE.with(new ClockFault(-500, 0, 0)));
        board.healAll();
        assertThat(board.faultyLinks()).isEmpty();
        assertThat(board.faultyRegions()).isEmpty();
    }

    @Test
    void becomesExactlyWhatItIsTold() {
        board.setLink("eu-west-1", "us-east-1", LinkFault.NONE.withCut(true));
        board.setRegion("eu-west-1", RegionFault.NONE.with(new ClockFault(-500, 0, 0)));
        board.become(
                Map.of(OVER, LinkFault.latency(5)),
                Map.of("us-east-1", RegionFault.NONE.with(new DiskFault(0, true, false))),
                List.of());
        assertThat(board.region("us-east-1").disk().full()).isTrue();
        assertThat(board.faultyLinks()).isEqualTo(Map.of(OVER, LinkFault.latency(5)));
        assertThat(board.faultyRegions()).containsOnlyKeys("us-east-1");
    }

    @Test
    void aSkewedClockIsOffByWhatTheBoardSaysAtTheMoment() {
        SkewedClock clock = new SkewedClock("eu-west-1", board, InstantSource.fixed(Instant.ofEpochMilli(10_000)));
        assertThat(clock.millis()).isEqualTo(10_000);
        board.setRegion("eu-west-1", RegionFault.NONE.with(new ClockFault(-500, 0, 0)));
        assertThat(clock.millis()).isEqualTo(9_500);
        assertThat(clock.instant()).isEqualTo(Instant.ofEpochMilli(9_500));
        board.healAll();
        assertThat(clock.millis()).isEqualTo(10_000);
    }

    @Test
    void theAwsPresetIsTheSameBothWaysAndKnowsEveryPair() {
        List<String> regions = List.of("us-east-1", "eu-west-1", "ap-southeast-2", "af-south-1");
        Map<FaultBoard.Direction, LinkFault> links = LatencyPreset.of("aws", regions);
        assertThat(links).hasSize(12);
        links.forEach((direction, link) -> {
            assertThat(link.latencyMillis()).isPositive();
            assertThat(links.get(new FaultBoard.Direction(direction.to(), direction.from())))
                    .isEqualTo(link);
        });
    }

    @Test
    void aPresetMayBeADuration() {
        assertThat(LatencyPreset.of("120ms", List.of("us-east-1", "eu-west-1")).values())
                .containsOnly(LinkFault.latency(120));
    }
}

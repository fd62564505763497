package dev.meridian.chaos.world;

import static org.assertj.core.api.Assertions.assertThat;

import dev.meridian.chaos.fault.ClockFault;
import dev.meridian.chaos.fault.DiskFault;
import dev.meridian.chaos.fault.DoorRule;
import dev.meridian.chaos.fault.FaultBoard;
import dev.meridian.chaos.fault.LinkFault;
import dev.meridian.chaos.fault.RegionFault;
import dev.meridian.node.capacity.Shortage;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DirectiveTest {

    @Test
    void comesBackFromItsBytes() throws IOException {
        Directive directive = new Directive(
                42,
                Map.of(
                        new FaultBoard.Direction("us-east-1", "eu-west-1"),
                        new LinkFault(true, 80, 20, 0.25, 1_000, 0.5, 0.125, 2_000),
                        new FaultBoard.Direction("eu-west-1", "us-east-1"),
                        LinkFault.NONE),
                Map.of(
                        "us-east-1",
                        new RegionFault(
                                new ClockFault(-3_600_000, 200, 12),
                                new DiskFault(50, true, false, true),
                                5_000,
                                1 << 20,
                                new Shortage(1, 2, 3, 4.5)),
                        "eu-west-1",
                        RegionFault.NONE.with(new DiskFault(0, false, true))),
                List.of(new DoorRule(
                        "", "", "PutItem", "t", 0.5, DoorRule.Effect.HANG, 503, "ServiceUnavailable", "", 0)),
                Map.of("us-east-1", 8101, "eu-west-1", 8102),
                List.of("127.0.0.1:25520"));
        assertThat(Directive.parse(directive.toJson())).isEqualTo(directive);
    }

    @Test
    void comesBackEmpty() throws IOException {
        Directive nothing = new Directive(1, Map.of(), Map.of(), List.of(), Map.of(), List.of());
        assertThat(Directive.parse(nothing.toJson())).isEqualTo(nothing);
    }
}

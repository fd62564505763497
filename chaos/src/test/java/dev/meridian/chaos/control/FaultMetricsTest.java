package dev.meridian.chaos.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.meridian.chaos.fault.ClockFault;
import dev.meridian.chaos.fault.FaultBoard;
import dev.meridian.chaos.fault.LinkFault;
import dev.meridian.chaos.fault.RegionFault;
import dev.meridian.node.http.PrometheusText;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FaultMetricsTest {

    @Test
    void tellWhatIsSetOnEachLinkAndClock() {
        FaultBoard board = new FaultBoard(Map.of());
        board.setLink("us-east-1", "eu-west-1", new LinkFault(true, 80, 0, 0.5, 0));
        board.setRegion("eu-west-1", RegionFault.NONE.with(new ClockFault(-350, 0, 0)));
        PrometheusText page = new PrometheusText();
        FaultMetrics.add(page, List.of("us-east-1", "eu-west-1"), board, 0);
        assertThat(page.toString()).isEqualTo("""
                # TYPE meridian_link_one_way_seconds gauge
                meridian_link_one_way_seconds{source_region="us-east-1",target_region="eu-west-1"} 0.08
                meridian_link_one_way_seconds{source_region="eu-west-1",target_region="us-east-1"} 0
                # TYPE meridian_link_loss_ratio gauge
                meridian_link_loss_ratio{source_region="us-east-1",target_region="eu-west-1"} 0.5
                meridian_link_loss_ratio{source_region="eu-west-1",target_region="us-east-1"} 0
                # TYPE meridian_link_cut gauge
                meridian_link_cut{source_region="us-east-1",target_region="eu-west-1"} 1
                meridian_link_cut{source_region="eu-west-1",target_region="us-east-1"} 0
                # TYPE meridian_clock_offset_seconds gauge
                meridian_clock_offset_seconds{region="us-east-1"} 0
                meridian_clock_offset_seconds{region="eu-west-1"} -0.35
                """);
    }
}

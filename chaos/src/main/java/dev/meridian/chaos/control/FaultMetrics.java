package dev.meridian.chaos.control;

import dev.meridian.chaos.fault.FaultBoard;
import dev.meridian.chaos.fault.LinkFault;
import dev.meridian.node.http.PrometheusText;
import java.util.List;

/** What is set on links and clocks, for Prometheus: what a chart of lag is held against. */
public final class FaultMetrics {

    private FaultMetrics() {}

    /** Adds a sample of each for every link and region. */
    public static void add(PrometheusText page, List<String> regions, FaultBoard faults, long wallMillis) {
        for (String from : regions) {
            for (String to : regions) {
                if (!from.equals(to)) {
                    link(page, faults.link(from, to), "source_region", from, "target_region", to);
                }
            }
        }
        for (String region : regions) {
            double offset = faults.region(region).clock().offMillis(wallMillis) / 1e3;
            page.add("meridian_clock_offset_seconds", "gauge", "", offset, "region", region);
        }
    }

    private static void link(PrometheusText page, LinkFault link, String... labels) {
        page.add("meridian_link_one_way_seconds", "gauge", "", link.latencyMillis() / 1e3, labels);
        page.add("meridian_link_loss_ratio", "gauge", "", link.lossRatio(), labels);
        page.add("meridian_link_cut", "gauge", "", link.cut() ? 1 : 0, labels);
    }
}

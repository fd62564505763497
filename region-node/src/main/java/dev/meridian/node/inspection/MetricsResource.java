package dev.meridian.node.inspection;

import dev.meridian.node.http.HttpResource;
import dev.meridian.node.http.PrometheusText;
import dev.meridian.node.http.RequestMetrics;
import dev.meridian.node.replication.FollowerFigures;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ForkJoinPool;
import org.HdrHistogram.Histogram;

/** One region's figures for Prometheus at {@code /metrics}: its requests, and how it follows its peers. */
public final class MetricsResource implements HttpResource {

    private static final long[] LAG_MILLIS = {1, 2, 5, 10, 25, 50, 100, 250, 500, 1_000, 2_500, 10_000, 60_000};

    private final CompletableFuture<RegionInspection> inspection;
    private final RequestMetrics metrics;

    /** {@code inspection} completes when the region runs; until then there are the requests alone. */
    public MetricsResource(CompletableFuture<RegionInspection> inspection, RequestMetrics metrics) {
        this.inspection = inspection;
        this.metrics = metrics;
    }

    @Override
    public String pathPrefix() {
        return "/metrics";
    }

    @Override
    public void handle(HttpServerRequest request) {
        Context context = Vertx.currentContext();
        PrometheusText page = new PrometheusText().addAll(metrics.prometheus());
        CompletionStage<PrometheusText> whole = inspection.isDone()
                ? inspection.thenComposeAsync(region -> addTo(page, region), ForkJoinPool.commonPool())
                : CompletableFuture.completedFuture(page);
        whole.whenComplete((text, failure) -> context.runOnContext(go -> {
            if (failure == null) {
                request.response()
                        .putHeader(HttpHeaders.CONTENT_TYPE, "text/plain; version=0.0.4")
                        .end(Buffer.buffer(text.toString()));
            } else {
                request.response().setStatusCode(500).end();
            }
        }));
    }

    private static CompletionStage<PrometheusText> addTo(PrometheusText page, RegionInspection region) {
        String here = region.region();
        region.followers().forEach((peer, figures) -> follower(page, figures, peer, here));
        page.add("meridian_conflicts_total", "counter", "", region.conflictCount(), "region", here);
        Map<String, CompletableFuture<Long>> backlogs = new LinkedHashMap<>();
        region.followers()
                .keySet()
                .forEach(peer -> backlogs.put(peer, region.pendingTo(peer).toCompletableFuture()));
        return CompletableFuture.allOf(backlogs.values().toArray(CompletableFuture[]::new))
                .thenApply(done -> {
                    backlogs.forEach((peer, records) -> page.add(
                            "meridian_replication_backlog_records",
                            "gauge",
                            "",
                            records.join(),
                            "source_region",
                            here,
                            "target_region",
                            peer));
                    return page;
                });
    }

    private static void follower(PrometheusText page, FollowerFigures figures, String from, String to) {
        applied(page, from, to, "applied", figures.applied());
        applied(page, from, to, "superseded", figures.superseded());
        applied(page, from, to, "duplicate", figures.duplicates());
        Histogram lag = figures.lag();
        for (long bound : LAG_MILLIS) {
            lag(page, "_bucket", lag.getCountBetweenValues(0, bound), from, to, "le", Double.toString(bound / 1e3));
        }
        lag(page, "_bucket", lag.getTotalCount(), from, to, "le", "+Inf");
        lag(page, "_sum", lag.getTotalCount() == 0 ? 0 : lag.getMean() * lag.getTotalCount() / 1e3, from, to);
        lag(page, "_count", lag.getTotalCount(), from, to);
    }

    private static void applied(PrometheusText page, String from, String to, String outcome, long count) {
        page.add(
                "meridian_replication_applied_total",
                "counter",
                "",
                count,
                "source_region",
                from,
                "target_region",
                to,
                "outcome",
                outcome);
    }

    private static void lag(PrometheusText page, String suffix, double value, String from, String to, String... bound) {
        String[] labels = new String[4 + bound.length];
        labels[0] = "source_region";
        labels[1] = from;
        labels[2] = "target_region";
        labels[3] = to;
        System.arraycopy(bound, 0, labels, 4, bound.length);
        page.add("meridian_replication_lag_seconds", "histogram", suffix, value, labels);
    }
}

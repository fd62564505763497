package dev.meridian.node.inspection;

import dev.meridian.node.http.HttpResource;
import dev.meridian.node.http.PrometheusText;
import dev.meridian.node.http.RequestMetrics;
import dev.meridian.node.replication.FollowerFigures;
import dev.meridian.replication.source.LogSource;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ForkJoinPool;
import org.HdrHistogram.Histogram;

/** One region's figures for Prometheus at {@code /metrics}: its requests, and how it follows its peers. */
public final class MetricsResource implements HttpResource {

    private static final long[] LAG_MILLIS = {1, 2, 5, 10, 15, 20, 25, 50, 100, 250, 500, 1_000, 2_500, 10_000, 60_000};

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
        region.followers()
                .forEach((peer, figures) -> figures.tables()
                        .forEach((globalId, received) -> region.nameOf(globalId)
                                .ifPresent(table -> received(page, received, table, peer, here))));
        region.consumed()
                .written()
                .forEach((consumer, units) -> page.add(
                        "meridian_consumed_write_capacity_units_total",
                        "counter",
                        "",
                        units,
                        "table",
                        consumer.table(),
                        "index",
                        consumer.index(),
                        "source",
                        consumer.source(),
                        "region",
                        here));
        Map<String, CompletableFuture<Map<String, LogSource.Backlog>>> backlogs = new LinkedHashMap<>();
        region.followers()
                .keySet()
                .forEach(peer -> backlogs.put(peer, region.backlogTo(peer).toCompletableFuture()));
        return CompletableFuture.allOf(backlogs.values().toArray(CompletableFuture[]::new))
                .thenApply(done -> {
                    backlogs.forEach((peer, tables) -> tables.join()
                            .forEach((table, backlog) ->
                                    backlog(page, backlog, region.clockMillis(), table, here, peer)));
                    return page;
                });
    }

    private static void backlog(
            PrometheusText page, LogSource.Backlog backlog, long nowMillis, String table, String from, String to) {
        String[] labels = {"table", table, "source_region", from, "target_region", to};
        page.add("meridian_replication_backlog_records", "gauge", "", backlog.records(), labels);
        double age = backlog.records() == 0 ? 0 : Math.max(0, nowMillis - backlog.oldestMillis()) / 1e3;
        page.add("meridian_replication_backlog_age_seconds", "gauge", "", age, labels);
    }

    private static void received(
            PrometheusText page, FollowerFigures.OfTable figures, String table, String from, String to) {
        applied(page, table, from, to, "applied", figures.applied());
        applied(page, table, from, to, "superseded", figures.superseded());
        applied(page, table, from, to, "duplicate", figures.duplicates());
        String[] labels = {"table", table, "source_region", from, "target_region", to};
        page.add("meridian_replication_received_bytes_total", "counter", "", figures.bytes(), labels);
        figures.losses().forEach((loss, count) -> {
            String rule = loss.rule().name().toLowerCase(Locale.ROOT);
            page.add(
                    "meridian_conflicts_total",
                    "counter",
                    "",
                    count.sum(),
                    "table",
                    table,
                    "winner_region",
                    loss.winnerRegion(),
                    "loser_region",
                    loss.loserRegion(),
                    "rule",
                    rule,
                    "region",
                    to,
                    "source_region",
                    from);
        });
        Map<String, Long> lost = new TreeMap<>();
        figures.losses().forEach((loss, count) -> lost.merge(loss.loserRegion(), count.sum(), Long::sum));
        // Only durable writes travel, and what is durable has been acknowledged.
        lost.forEach((loser, count) -> page.add(
                "meridian_conflicts_lost_acknowledged_total",
                "counter",
                "",
                count,
                "table",
                table,
                "loser_region",
                loser,
                "region",
                to,
                "source_region",
                from));
        Histogram lag = figures.lag();
        for (long bound : LAG_MILLIS) {
            lag(page, "_bucket", lag.getCountBetweenValues(0, bound), labels, "le", Double.toString(bound / 1e3));
        }
        lag(page, "_bucket", lag.getTotalCount(), labels, "le", "+Inf");
        lag(page, "_sum", lag.getTotalCount() == 0 ? 0 : lag.getMean() * lag.getTotalCount() / 1e3, labels);
        lag(page, "_count", lag.getTotalCount(), labels);
    }

    private static void applied(PrometheusText page, String table, String from, String to, String outcome, long count) {
        page.add(
                "meridian_replication_applied_total",
                "counter",
                "",
                count,
                "table",
                table,
                "source_region",
                from,
                "target_region",
                to,
                "outcome",
                outcome);
    }

    private static void lag(PrometheusText page, String suffix, double value, String[] pair, String... bound) {
        String[] labels = Arrays.copyOf(pair, pair.length + bound.length);
        System.arraycopy(bound, 0, labels, pair.length, bound.length);
        page.add("meridian_replication_lag_seconds", "histogram", suffix, value, labels);
    }
}

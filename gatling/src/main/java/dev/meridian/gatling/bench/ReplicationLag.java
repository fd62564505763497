package dev.meridian.gatling.bench;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How long writes took to become durable in the other regions, from what these tell Prometheus, between two moments. */
final class ReplicationLag {

    private static final Pattern BUCKET =
            Pattern.compile("(?m)^meridian_replication_lag_seconds_bucket\\{.*le=\"([^\"]+)\".*} (\\S+)$");

    private final ServerProcess server;
    private final Map<Double, Double> before;

    /** Begins now. */
    ReplicationLag(ServerProcess server) throws IOException, InterruptedException {
        this.server = server;
        this.before = counts();
    }

    /** The least bound of the histogram that this share of the writes kept since then, in milliseconds. */
    double millis(double share) throws IOException, InterruptedException {
        Map<Double, Double> since = counts();
        since.replaceAll((bound, count) -> count - before.getOrDefault(bound, 0.0));
        double all = since.getOrDefault(Double.POSITIVE_INFINITY, 0.0);
        return since.entrySet().stream()
                .filter(bucket -> all > 0 && bucket.getValue() >= share * all)
                .mapToDouble(bucket -> bucket.getKey() * 1e3)
                .min()
                .orElse(Double.NaN);
    }

    /** By bound in seconds, over all tables and pairs of regions. */
    private Map<Double, Double> counts() throws IOException, InterruptedException {
        Map<Double, Double> counts = new TreeMap<>();
        for (URI region : server.regions()) {
            String page = HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(region.resolve("/metrics")).build(),
                            HttpResponse.BodyHandlers.ofString())
                    .body();
            for (Matcher bucket = BUCKET.matcher(page); bucket.find(); ) {
                double bound =
                        bucket.group(1).equals("+Inf") ? Double.POSITIVE_INFINITY : Double.parseDouble(bucket.group(1));
                counts.merge(bound, Double.parseDouble(bucket.group(2)), Double::sum);
            }
        }
        return counts;
    }
}

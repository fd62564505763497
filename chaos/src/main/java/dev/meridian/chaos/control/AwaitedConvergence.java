package dev.meridian.chaos.control;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.meridian.chaos.fault.ChaosLinks;
import dev.meridian.table.operation.Answer;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.LongSupplier;

/** {@code POST converge}: asks all live regions again and again until they hold the same, or time is up. */
final class AwaitedConvergence {

    private static final long POLL_MILLIS = 100;

    private final RegionReports reports;
    private final Differences differences;
    private final ChaosLinks.Timer timer;
    private final LongSupplier nanoClock;

    /** {@code nanoClock} is monotonic. */
    AwaitedConvergence(RegionReports reports, ChaosLinks.Timer timer, LongSupplier nanoClock) {
        this.reports = reports;
        this.differences = new Differences(reports);
        this.timer = timer;
        this.nanoClock = nanoClock;
    }

    /** The verdict as JSON: whether they hold the same, and if not, what differs and where. */
    CompletionStage<byte[]> within(long timeoutMillis) {
        return until(nanoClock.getAsLong() + 1_000_000L * timeoutMillis);
    }

    private CompletionStage<byte[]> until(long deadlineNanos) {
        return reports.ask("contents").thenCompose(contents -> {
            Convergence now = Convergence.of(contents);
            if (now.isReached() || nanoClock.getAsLong() >= deadlineNanos) {
                return keys(now).thenApply(keys -> verdict(now, keys));
            }
            CompletableFuture<Void> pause = new CompletableFuture<>();
            timer.after(POLL_MILLIS, () -> pause.complete(null));
            return pause.thenCompose(over -> until(deadlineNanos));
        });
    }

    private CompletionStage<Map<String, Map<String, Map<String, String>>>> keys(Convergence now) {
        Map<String, Map<String, Map<String, String>>> keys = new LinkedHashMap<>();
        CompletionStage<Void> found = CompletableFuture.completedFuture(null);
        for (Map.Entry<String, Map<String, String>> table : now.differing().entrySet()) {
            found = found.thenCompose(done ->
                            differences.find(table.getKey(), table.getValue().keySet()))
                    .thenAccept(differing -> keys.put(table.getKey(), differing));
        }
        return found.thenApply(done -> keys);
    }

    private static byte[] verdict(Convergence now, Map<String, Map<String, Map<String, String>>> keys) {
        return Answer.of(json -> {
            json.writeBooleanField("converged", now.isReached());
            write(json, "differing", now.differing());
            json.writeObjectFieldStart("keys");
            for (Map.Entry<String, Map<String, Map<String, String>>> table : keys.entrySet()) {
                write(json, table.getKey(), table.getValue());
            }
            json.writeEndObject();
            json.writeArrayFieldStart("silent");
            for (String region : now.silent()) {
                json.writeString(region);
            }
            json.writeEndArray();
        });
    }

    /** An object of objects of strings. */
    private static void write(JsonGenerator json, String name, Map<String, Map<String, String>> objects)
            throws IOException {
        json.writeObjectFieldStart(name);
        for (Map.Entry<String, Map<String, String>> object : objects.entrySet()) {
            json.writeObjectFieldStart(object.getKey());
            for (Map.Entry<String, String> member : object.getValue().entrySet()) {
                json.writeStringField(member.getKey(), member.getValue());
            }
            json.writeEndObject();
        }
        json.writeEndObject();
    }
}

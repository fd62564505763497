package dev.meridian.cli;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigValue;
import dev.meridian.chaos.fault.Durations;
import dev.meridian.chaos.route.RouteSettings;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How a front door chooses, of whatever starts one or changes it. */
final class RouteOptions {

    private static final Map<String, String> DURATIONS =
            Map.of("check", "checkMillis", "timeout", "timeoutMillis", "ttl", "ttlMillis");

    @Option(
            names = "--front-door",
            paramLabel = "POLICY",
            description = "Who chooses the region: by-signature, primary or nearest (at first: by-signature).")
    private @Nullable String policy;

    @Option(names = "--primary", paramLabel = "REGION", description = "Of the policy primary (at first: home).")
    private @Nullable String primary;

    @Option(names = "--check", description = "How often the door looks at each region (at first: 1s).")
    private @Nullable String check;

    @Option(names = "--check-timeout", description = "How long a region may take to answer (at first: 1s).")
    private @Nullable String timeout;

    @Option(names = "--failures", description = "So many failed looks in a row, and it is taken out (at first: 3).")
    private @Nullable String failures;

    @Option(names = "--passes", description = "So many good looks in a row, and it is taken back (at first: 3).")
    private @Nullable String passes;

    @Option(
            names = "--ttl",
            description = "For how long a client goes on with the region it got, as with DNS (at first: 0s).")
    private @Nullable String ttl;

    private Config file = ConfigFactory.empty();

    /** What a file says; flags win. */
    void readFrom(Config settings) {
        file = settings;
    }

    /** What was said, as fields of the control API. */
    Map<String, String> fields() {
        Map<String, String> said = new LinkedHashMap<>();
        for (Map.Entry<String, ConfigValue> entry : file.root().entrySet()) {
            said.put(entry.getKey(), String.valueOf(entry.getValue().unwrapped()));
        }
        put(said, "policy", policy);
        put(said, "primary", primary);
        put(said, "check", check);
        put(said, "timeout", timeout);
        put(said, "failures", failures);
        put(said, "passes", passes);
        put(said, "ttl", ttl);
        Map<String, String> fields = new LinkedHashMap<>();
        said.forEach((name, text) -> fields.put(
                DURATIONS.getOrDefault(name, name),
                DURATIONS.containsKey(name) ? Long.toString(Durations.millis(text)) : text));
        return fields;
    }

    private static void put(Map<String, String> said, String name, @Nullable String text) {
        if (text != null) {
            said.put(name, text);
        }
    }

    /** Throws IllegalArgumentException for the user. */
    RouteSettings settings(List<String> running) {
        return RouteSettings.DEFAULT.with(fields(), running);
    }
}

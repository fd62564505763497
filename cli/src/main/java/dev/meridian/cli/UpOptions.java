package dev.meridian.cli;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import dev.meridian.chaos.monkey.Monkey;
import dev.meridian.chaos.route.RouteSettings;
import dev.meridian.chaos.yaml.Nearest;
import dev.meridian.node.settings.ServiceSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The options of 'up', from flags and, where a flag is not given, from a file. */
final class UpOptions {

    static final int DEFAULT_PORT = 8000;
    private static final Pattern MONKEY = Pattern.compile("monkey(?::([0-9]{1,18}))?");

    @Spec(Spec.Target.MIXEE)
    private @Nullable CommandSpec spec;

    @Option(
            names = "--regions",
            split = ",",
            defaultValue = "us-east-1,eu-west-1,ap-southeast-2",
            description = "The regions, the home region first (default: ${DEFAULT-VALUE}).")
    private List<String> regions = List.of();

    @Option(
            names = "--port",
            defaultValue = "8000",
            description = "The front door's port; regions follow from port + 101. 0 picks free ones "
                    + "(default: ${DEFAULT-VALUE}).")
    private int port;

    @Option(
            names = "--host",
            defaultValue = "127.0.0.1",
            description = "The address to bind (default: ${DEFAULT-VALUE}).")
    private String host = "";

    @Option(
            names = "--data",
            defaultValue = ".meridian",
            description = "Where data is kept (default: ${DEFAULT-VALUE}).")
    private Path data = Path.of(".meridian");

    @Option(names = "--in-memory", description = "Keep nothing on disk.")
    private boolean inMemory;

    @Option(
            names = "--latency",
            defaultValue = "none",
            description =
                    "One-way latency between regions: none, aws or a duration like 80ms (default: ${DEFAULT-VALUE}).")
    private String latency = "";

    @Option(
            names = "--kill-mode",
            defaultValue = "refuse",
            description =
                    "What the front door does for a killed region: refuse, hang or 5xx (default: ${DEFAULT-VALUE}).")
    private String killMode = "";

    @Option(
            names = "--partitions",
            defaultValue = "4",
            description = "Partitions of a new table, the same in every region (default: ${DEFAULT-VALUE}).")
    private int partitions;

    @Option(
            names = "--no-global-tables",
            negatable = false,
            description =
                    "New tables get no replicas until UpdateTable adds them; without this every new table is global.")
    private boolean regionalTables;

    @Option(
            names = "--no-cluster",
            description = "With --isolated: form no Pekko cluster; regions know each other by this list alone.")
    private boolean noCluster;

    @Option(
            names = "--isolated",
            description = "One process a region, so that kill is SIGKILL and pause is SIGSTOP; needs a disk.")
    private boolean isolated;

    @Option(names = "--chaos", description = "monkey, or monkey:SEED: keeps breaking things, " + Monkey.RATE + ".")
    private @Nullable String chaos;

    @Option(
            names = "--until-ready",
            description = "Stop as soon as everything runs; for measuring the start and checking a setting.")
    private boolean untilReady;

    @Option(
            names = "--config",
            description = "A HOCON file with 'meridian { regions = [...], port = ... }'; flags win.")
    private @Nullable Path config;

    @Mixin
    private RouteOptions route = new RouteOptions();

    @Mixin
    private ServiceOptions service = new ServiceOptions();

    /** Takes from the file what no flag has said. */
    void readFile() {
        if (config == null) {
            return;
        }
        if (!Files.isRegularFile(config)) {
            throw new UserError(ExitCode.USAGE, "there is no file " + config);
        }
        try {
            Config file = ConfigFactory.parseFile(config.toFile()).resolve();
            Config settings = file.hasPath("meridian") ? file.getConfig("meridian") : ConfigFactory.empty();
            Map<String, Runnable> known = known(settings);
            for (String key : file.root().keySet()) {
                if (!key.equals("meridian")) {
                    throw new UserError(
                            ExitCode.USAGE, config + ": unknown key '" + key + "'; settings go under 'meridian'");
                }
            }
            for (String key : settings.root().keySet()) {
                Runnable setter = known.get(key);
                if (setter == null) {
                    throw new UserError(
                            ExitCode.USAGE,
                            config + ":"
                                    + settings.root().get(key).origin().lineNumber() + ": unknown key '" + key
                                    + "'; did you mean '" + Nearest.to(key, known.keySet()) + "'?");
                }
                if (!isGiven(key)) {
                    setter.run();
                }
            }
        } catch (ConfigException wrong) {
            throw new UserError(ExitCode.USAGE, String.valueOf(wrong.getMessage()));
        }
    }

    private Map<String, Runnable> known(Config file) {
        Map<String, Runnable> known = new TreeMap<>();
        known.put("regions", () -> regions = file.getStringList("regions"));
        known.put("port", () -> port = file.getInt("port"));
        known.put("host", () -> host = file.getString("host"));
        known.put("data", () -> data = Path.of(file.getString("data")));
        known.put("in-memory", () -> inMemory = file.getBoolean("in-memory"));
        known.put("latency", () -> latency = file.getString("latency"));
        known.put("kill-mode", () -> killMode = file.getString("kill-mode"));
        known.put("partitions", () -> partitions = file.getInt("partitions"));
        known.put("global-tables", () -> regionalTables = !file.getBoolean("global-tables"));
        known.put("isolated", () -> isolated = file.getBoolean("isolated"));
        known.put("chaos", () -> chaos = file.getString("chaos"));
        known.put("cluster", () -> noCluster = !file.getBoolean("cluster"));
        known.put("front-door", () -> route.readFrom(file.getConfig("front-door")));
        known.put("service", () -> service.readFrom(file.getConfig("service")));
        return known;
    }

    private boolean isGiven(String key) {
        return spec != null
                && spec.commandLine().getParseResult() != null
                && (spec.commandLine().getParseResult().hasMatchedOption("--" + key)
                        || spec.commandLine().getParseResult().hasMatchedOption("--no-" + key));
    }

    /** The seed of the monkey that keeps breaking things, drawn where none is given; empty: there is no monkey. */
    Optional<Long> monkeySeed(LongSupplier drawn) {
        if (chaos == null) {
            return Optional.empty();
        }
        Matcher form = MONKEY.matcher(chaos);
        if (!form.matches()) {
            throw new UserError(ExitCode.USAGE, "--chaos is written like monkey or monkey:42, not '" + chaos + "'");
        }
        return Optional.of(form.group(1) == null ? drawn.getAsLong() : Long.parseLong(form.group(1)));
    }

    boolean isolated() {
        return isolated;
    }

    boolean untilReady() {
        return untilReady;
    }

    List<String> regions() {
        return regions;
    }

    int port() {
        return port;
    }

    String host() {
        return host;
    }

    Path data() {
        return data;
    }

    boolean inMemory() {
        return inMemory;
    }

    String latency() {
        return latency;
    }

    String killMode() {
        return killMode;
    }

    int partitions() {
        return partitions;
    }

    boolean globalTables() {
        return !regionalTables;
    }

    boolean cluster() {
        return !noCluster;
    }

    RouteSettings route(List<String> running) {
        return route.settings(running);
    }

    ServiceSettings service() {
        return service.settings();
    }
}

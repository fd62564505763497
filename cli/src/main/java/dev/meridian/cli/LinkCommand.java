package dev.meridian.cli;

import dev.meridian.chaos.fault.Durations;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Breaks and mends links. A link is one-way; cut and heal take both ways. */
@Command(
        name = "link",
        mixinStandardHelpOptions = true,
        description = "Lists, slows, cuts and heals links.%nExample: meridian link cut us-east-1 eu-west-1")
final class LinkCommand {

    @Mixin
    private Client client = new Client();

    @Command(name = "ls", description = "Lists the links.")
    int list() {
        Status.print(client);
        return ExitCode.DONE;
    }

    @Command(name = "cut", description = "Cuts the links between two regions, both ways unless --one-way.")
    int cut(
            @Parameters(paramLabel = "FROM") String from,
            @Parameters(paramLabel = "TO") String to,
            @Option(names = "--one-way", description = "Only from FROM to TO.") boolean oneWay,
            @Option(names = "--for", description = "Heals by itself after so long, for example 30s.") @Nullable
                    String duration) {
        String body = duration == null ? "{}" : "{\"forMillis\":" + millis(duration) + "}";
        client.send("POST", "links/" + from + "/" + to + ":cut", body);
        if (!oneWay) {
            client.send("POST", "links/" + to + "/" + from + ":cut", body);
        }
        SystemRuntime.out()
                .println("Cut " + from + (oneWay ? " -> " : " <-> ") + to + (duration == null ? "" : " for " + duration)
                        + ". Undo now: meridian link heal " + from + " " + to);
        return ExitCode.DONE;
    }

    @Command(name = "heal", description = "Puts the links between two regions back, both ways.")
    int heal(@Parameters(paramLabel = "FROM") String from, @Parameters(paramLabel = "TO") String to) {
        client.post("links/" + from + "/" + to + ":heal");
        client.post("links/" + to + "/" + from + ":heal");
        SystemRuntime.out().println("Healed " + from + " <-> " + to + ".");
        return ExitCode.DONE;
    }

    @Command(name = "set", description = "Sets latency, jitter, loss and rate of a link.")
    int set(
            @Parameters(paramLabel = "FROM") String from,
            @Parameters(paramLabel = "TO") String to,
            @Option(names = "--latency", description = "One-way, for example 120ms.") @Nullable String latency,
            @Option(names = "--jitter", description = "Up to so much more, for example 20ms.") @Nullable String jitter,
            @Option(names = "--loss", description = "Share of messages lost, for example 1%%.") @Nullable String loss,
            @Option(names = "--rate", description = "Bytes a second, for example 1MB/s.") @Nullable String rate,
            @Option(names = "--duplicate", description = "Share of messages that arrive twice.") @Nullable
                    String duplicate,
            @Option(names = "--reorder", description = "Share of messages that others overtake.") @Nullable
                    String reorder,
            @Option(names = "--flap", description = "Up for so long, then down for so long, again and again.") @Nullable
                    String flap,
            @Option(names = "--both", description = "The way back too.") boolean both,
            @Option(names = "--for", description = "Heals by itself after so long.") @Nullable String duration) {
        List<String> fields = new ArrayList<>();
        add(fields, "oneWayMillis", latency == null ? null : Long.toString(millis(latency)));
        add(fields, "jitterMillis", jitter == null ? null : Long.toString(millis(jitter)));
        add(fields, "lossRatio", loss == null ? null : Double.toString(Amounts.ratio(loss)));
        add(fields, "bytesPerSecond", rate == null ? null : Long.toString(Amounts.bytesPerSecond(rate)));
        add(fields, "duplicateRatio", duplicate == null ? null : Double.toString(Amounts.ratio(duplicate)));
        add(fields, "reorderRatio", reorder == null ? null : Double.toString(Amounts.ratio(reorder)));
        add(fields, "flapMillis", flap == null ? null : Long.toString(millis(flap)));
        add(fields, "forMillis", duration == null ? null : Long.toString(millis(duration)));
        String body = "{" + String.join(",", fields) + "}";
        client.send("PUT", "links/" + from + "/" + to, body);
        if (both) {
            client.send("PUT", "links/" + to + "/" + from, body);
        }
        SystemRuntime.out()
                .println("Set " + from + (both ? " <-> " : " -> ") + to + ". Undo now: meridian link heal " + from + " "
                        + to);
        return ExitCode.DONE;
    }

    private static void add(List<String> fields, String name, @Nullable String value) {
        if (value != null) {
            fields.add("\"" + name + "\":" + value);
        }
    }

    private static long millis(String duration) {
        try {
            return Durations.millis(duration);
        } catch (IllegalArgumentException wrong) {
            throw new UserError(ExitCode.USAGE, String.valueOf(wrong.getMessage()));
        }
    }
}

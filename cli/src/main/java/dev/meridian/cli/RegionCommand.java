package dev.meridian.cli;

import dev.meridian.chaos.fault.Durations;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ScopeType;

/** Breaks and mends regions. */
@Command(
        name = "region",
        mixinStandardHelpOptions = true,
        description =
                "Lists, kills, pauses, drains, skews, heals and forgets regions.%nExample: meridian region kill us-east-1")
final class RegionCommand {

    @Mixin
    private Client client = new Client();

    @Option(
            names = "--for",
            scope = ScopeType.INHERIT,
            defaultValue = "0s",
            description = "Undone by itself after so long; 0s: not (default: ${DEFAULT-VALUE}).")
    private String duration = "0s";

    @Command(name = "ls", description = "Lists the regions.")
    int list() {
        Status.print(client);
        return ExitCode.DONE;
    }

    @Command(name = "kill", description = "Kills a region: nothing is flushed, nobody is answered.")
    int kill(@Parameters(paramLabel = "REGION") String region) {
        return change(region, "kill", "killed");
    }

    @Command(name = "pause", description = "Freezes a region until it is healed.")
    int pause(@Parameters(paramLabel = "REGION") String region) {
        return change(region, "pause", "paused");
    }

    @Command(name = "heal", description = "Starts a killed region again, lets a paused one go on.")
    int heal(@Parameters(paramLabel = "REGION") String region) {
        client.post("regions/" + region + ":heal");
        SystemRuntime.out().println(region + " is live.");
        return ExitCode.DONE;
    }

    @Command(
            name = "drain",
            description =
                    "Takes a region out of the front door's choice; it finishes what it took, and refuses nobody.")
    int drain(
            @Parameters(paramLabel = "REGION") String region,
            @Option(names = "--wait", description = "Until the other regions have everything it has acknowledged.")
                    boolean waits) {
        client.post("regions/" + region + ":drain");
        if (waits) {
            long pending = Draining.await(client, region);
            SystemRuntime.out()
                    .println(
                            pending == 0
                                    ? "The others have everything of " + region + "."
                                    : pending + " records of " + region + " are still on their way to the others.");
        }
        SystemRuntime.out().println(region + " is draining. Undo now: meridian region undrain " + region);
        return ExitCode.DONE;
    }

    @Command(name = "undrain", description = "Puts a drained region back into the front door's choice.")
    int undrain(@Parameters(paramLabel = "REGION") String region) {
        client.post("regions/" + region + ":undrain");
        SystemRuntime.out().println(region + " is live.");
        return ExitCode.DONE;
    }

    @Command(
            name = "forget",
            description =
                    "Removes a killed region's replicas from all global tables, for good. Should it come back, its tables "
                            + "are its own.")
    int forget(@Parameters(paramLabel = "REGION") String region) {
        client.post("regions/" + region + ":forget");
        SystemRuntime.out()
                .println(region
                        + " is a member of no global table any more. To have it again: delete its tables there, then "
                        + "UpdateTable with ReplicaUpdates.");
        return ExitCode.DONE;
    }

    @Command(name = "drift", description = "Makes a region's clock run fast or slow, for example 200ppm or -1%%.")
    int drift(@Parameters(paramLabel = "REGION") String region, @Parameters(paramLabel = "RATE") String rate) {
        put(region, "clock", "{\"driftPerMillion\":" + Amounts.perMillion(rate) + "}");
        return done(region, "clock", "The clock of " + region + " gains " + rate);
    }

    @Command(name = "jump", description = "Makes a region's clock jump, for example +5s or -90s.")
    int jump(@Parameters(paramLabel = "REGION") String region, @Parameters(paramLabel = "BY") String by) {
        put(region, "clock", "{\"jumpMillis\":" + Amounts.millis(by) + "}");
        return done(region, "clock", "The clock of " + region + " has jumped by " + by);
    }

    @Command(name = "slow-start", description = "Makes a region take so much longer to start; 0s: no longer.")
    int slowStart(@Parameters(paramLabel = "REGION") String region, @Parameters(paramLabel = "DELAY") String delay) {
        put(region, "start", "{\"delayMillis\":" + Amounts.millis(delay) + "}");
        return done(region, "start", region + " takes " + delay + " longer to start");
    }

    @Command(name = "squeeze", description = "Takes memory away from a region's process, for example 200MB; 0MB: none.")
    int squeeze(@Parameters(paramLabel = "REGION") String region, @Parameters(paramLabel = "TAKE") String take) {
        put(region, "memory", "{\"takenBytes\":" + Amounts.bytes(take) + "}");
        return done(region, "memory", take + " of memory taken away from " + region);
    }

    @Command(
            name = "limit",
            description = "Leaves a region's tables, or each of their partitions, so many units a second.")
    int limit(
            @Parameters(paramLabel = "REGION") String region,
            @Option(names = "--reads", defaultValue = "0", description = "Of a table; 0: all.") double reads,
            @Option(names = "--writes", defaultValue = "0", description = "Of a table; 0: all.") double writes,
            @Option(names = "--partition-reads", defaultValue = "0", description = "Of each partition; 0: all.")
                    double partitionReads,
            @Option(names = "--partition-writes", defaultValue = "0", description = "Of each partition; 0: all.")
                    double partitionWrites) {
        put(
                region,
                "capacity",
                "{\"readUnits\":" + reads + ",\"writeUnits\":" + writes + ",\"partitionReadUnits\":" + partitionReads
                        + ",\"partitionWriteUnits\":" + partitionWrites + "}");
        return done(region, "capacity", "Set what the tables of " + region + " may take");
    }

    private void put(String region, String what, String fields) {
        long millis = Amounts.millis(duration);
        String more = millis == 0 ? "" : ",\"forMillis\":" + millis;
        client.send("PUT", "regions/" + region + "/" + what, fields.substring(0, fields.length() - 1) + more + "}");
    }

    private static int done(String region, String what, String sentence) {
        SystemRuntime.out().println(sentence + ". Undo now: meridian region mend " + region + " " + what);
        return ExitCode.DONE;
    }

    @Command(
            name = "mend",
            description = "Undoes what is wrong with a region's clock, disk, start, memory or capacity.")
    int mend(
            @Parameters(paramLabel = "REGION") String region,
            @Parameters(paramLabel = "WHAT", description = "clock, disk, start, memory or capacity.") String what) {
        client.send("PUT", "regions/" + region + "/" + what, "{}");
        SystemRuntime.out().println("The " + what + " of " + region + " is as it should be.");
        return ExitCode.DONE;
    }

    @Command(name = "skew", description = "Sets a region's clock off, for example +350ms.")
    int skew(@Parameters(paramLabel = "REGION") String region, @Parameters(paramLabel = "OFFSET") String offset) {
        long millis;
        try {
            millis = Durations.millis(offset);
        } catch (IllegalArgumentException wrong) {
            throw new UserError(ExitCode.USAGE, String.valueOf(wrong.getMessage()));
        }
        put(region, "clock", "{\"offsetMillis\":" + millis + "}");
        SystemRuntime.out().printf("%s's clock is off by %+d ms. Undo now: meridian heal --all%n", region, millis);
        return ExitCode.DONE;
    }

    @Command(
            name = "disk",
            description = "Makes a region's disk slow, full, or fail to sync; without options, sound again.")
    int disk(
            @Parameters(paramLabel = "REGION") String region,
            @Option(names = "--slow", defaultValue = "0ms", description = "A sync takes so much longer.") String slow,
            @Option(names = "--full", description = "Nothing more can be written.") boolean full,
            @Option(names = "--sync-error", description = "Syncs fail; sound again, the region is started again.")
                    boolean syncError,
            @Option(names = "--torn-write", description = "Half a write stays in its log when the region is killed.")
                    boolean tornWrite) {
        long millis;
        try {
            millis = Durations.millis(slow);
        } catch (IllegalArgumentException wrong) {
            throw new UserError(ExitCode.USAGE, String.valueOf(wrong.getMessage()));
        }
        put(
                region,
                "disk",
                "{\"slowMillis\":" + millis + ",\"full\":" + full + ",\"syncError\":" + syncError + ",\"tornWrite\":"
                        + tornWrite + "}");
        SystemRuntime.out().println("Set the disk of " + region + ". Undo now: meridian region disk " + region);
        return ExitCode.DONE;
    }

    private int change(String region, String action, String done) {
        client.send("POST", "regions/" + region + ":" + action, "{\"forMillis\":" + Amounts.millis(duration) + "}");
        SystemRuntime.out().println(region + " is " + done + ". Undo now: meridian region heal " + region);
        return ExitCode.DONE;
    }
}

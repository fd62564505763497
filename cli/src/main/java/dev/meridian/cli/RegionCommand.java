package dev.meridian.cli;

import dev.meridian.chaos.fault.Durations;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Breaks and mends regions. */
@Command(
        name = "region",
        mixinStandardHelpOptions = true,
        description = "Lists, kills, pauses, drains, skews and heals regions.%nExample: meridian region kill us-east-1")
final class RegionCommand {

    @Mixin
    private Client client = new Client();

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

    @Command(name = "skew", description = "Sets a region's clock off, for example +350ms.")
    int skew(@Parameters(paramLabel = "REGION") String region, @Parameters(paramLabel = "OFFSET") String offset) {
        long millis;
        try {
            millis = Durations.millis(offset);
        } catch (IllegalArgumentException wrong) {
            throw new UserError(ExitCode.USAGE, String.valueOf(wrong.getMessage()));
        }
        client.send("PUT", "regions/" + region + "/clock", "{\"offsetMillis\":" + millis + "}");
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
                    boolean syncError) {
        long millis;
        try {
            millis = Durations.millis(slow);
        } catch (IllegalArgumentException wrong) {
            throw new UserError(ExitCode.USAGE, String.valueOf(wrong.getMessage()));
        }
        client.send(
                "PUT",
                "regions/" + region + "/disk",
                "{\"slowMillis\":" + millis + ",\"full\":" + full + ",\"syncError\":" + syncError + "}");
        SystemRuntime.out().println("Set the disk of " + region + ". Undo now: meridian region disk " + region);
        return ExitCode.DONE;
    }

    private int change(String region, String action, String done) {
        client.post("regions/" + region + ":" + action);
        SystemRuntime.out().println(region + " is " + done + ". Undo now: meridian region heal " + region);
        return ExitCode.DONE;
    }
}

package dev.meridian.gatling.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Speed, by comparison: beside the other emulators and two ceilings, or as the work grows. */
@Command(
        name = "bench",
        mixinStandardHelpOptions = true,
        showDefaultValues = true,
        subcommands = {Growth.class, CatchUp.class},
        description = {
            "Measures PutItem and GetItem of Meridian beside DynamoDB Local, dynalite, a bare Vert.x echo and LevelDB alone.",
            "Rounds are interleaved, so that what else the machine does falls on all alike; medians count."
        })
public final class Bench implements Callable<Integer> {

    @Option(
            names = "--warm-up",
            paramLabel = "S",
            description = "Seconds of rounds that come first and don't count: compilers are at work in them.")
    private double warmUp = 24;

    @Option(names = "--rounds", paramLabel = "N", description = "Rounds that count.")
    private int rounds = 5;

    @Option(names = "--seconds", paramLabel = "S", description = "How long a round lasts.")
    private double seconds = 3;

    @Option(names = "--connections", paramLabel = "N", description = "Keep-alive connections.")
    private int connections = 32;

    @Option(names = "--items", paramLabel = "N", description = "How many different keys.")
    private int items = 10_000;

    @Option(names = "--size", paramLabel = "BYTES", description = "The size of an item as DynamoDB counts it.")
    private int itemBytes = 300;

    @Option(names = "--out", paramLabel = "FILE", description = "Where the figures go as JSON.")
    private Path out = Path.of("gatling/target/bench.json");

    @Option(names = "--jar", hidden = true)
    private Path jar = Path.of("cli/target/meridian.jar");

    /** Runs the command; the working folder is the checkout. */
    public static void main(String[] arguments) {
        System.exit(new CommandLine(new Bench())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .execute(arguments));
    }

    @Override
    public Integer call() throws Exception {
        SideBySide.Figures figures;
        try (Scratch scratch = Scratch.create()) {
            figures = new SideBySide(
                            new Servers(jar.toAbsolutePath(), scratch.folder()),
                            new Workload(items, itemBytes),
                            connections,
                            Round.warmUps(warmUp, seconds),
                            rounds,
                            seconds)
                    .run();
        }
        System.out.print(figures.text());
        Path parent = out.toAbsolutePath().getParent();
        if (parent != null) {
            Files.createDirectories(parent);
        }
        Files.writeString(out, figures.json().encode() + "\n");
        System.out.println("\nWritten to " + out);
        return 0;
    }
}

package dev.meridian.gatling.bench;

import static dev.meridian.gatling.bench.Table.number;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** How cost grows with the work. */
@Command(
        name = "growth",
        mixinStandardHelpOptions = true,
        showDefaultValues = true,
        description =
                "Measures Meridian on disk with more items, regions, connections or larger items, each beside an echo.")
final class Growth implements Callable<Integer> {

    /** What grows. */
    enum Of {
        ITEMS,
        REGIONS,
        CONNECTIONS,
        SIZE
    }

    private static final int FILL_CONNECTIONS = 32;

    /** Fewer of the large ones, so that it is the size that is measured. */
    private static final long BYTES_MAX = 200L << 20;

    @Parameters(index = "0", paramLabel = "WHAT", description = "One of: ${COMPLETION-CANDIDATES}.")
    private Of of = Of.ITEMS;

    @Parameters(index = "1..*", paramLabel = "N", arity = "1..*", description = "The steps, for example: 1 3 5 8.")
    private List<Integer> steps = List.of();

    @Option(names = "--items", paramLabel = "N", description = "How many different keys, where they don't grow.")
    private int otherwiseItems = 10_000;

    @Option(names = "--regions", paramLabel = "N", description = "How many regions, where they don't grow.")
    private int otherwiseRegions = 1;

    @Option(names = "--connections", paramLabel = "N", description = "How many connections, where they don't grow.")
    private int otherwiseConnections = 32;

    @Option(names = "--size", paramLabel = "BYTES", description = "The size of an item, where it doesn't grow.")
    private int otherwiseBytes = 300;

    @Option(names = "--warm-up", paramLabel = "S", description = "Seconds of rounds that come first and don't count.")
    private double warmUp = 24;

    @Option(names = "--rounds", paramLabel = "N", description = "Rounds that count.")
    private int rounds = 3;

    @Option(names = "--seconds", paramLabel = "S", description = "How long a round lasts.")
    private double seconds = 3;

    @Option(names = "--plot", paramLabel = "FILE", description = "Where a plot goes, as SVG.")
    private Path plot = Path.of("gatling/target/growth.svg");

    @Option(names = "--jar", hidden = true)
    private Path jar = Path.of("cli/target/meridian.jar");

    @Override
    public Integer call() throws Exception {
        Table table = new Table(
                of.name().toLowerCase(Locale.ROOT),
                "PutItem/s",
                "of echo",
                "p99 ms",
                "GetItem/s",
                "of echo",
                "p99 ms",
                "resident MiB");
        Plot lines = new Plot(of.name().toLowerCase(Locale.ROOT), "share of a bare echo");
        for (int step : steps) {
            measure(step, table, lines);
        }
        System.out.print(table.text());
        Files.createDirectories(plot.toAbsolutePath().getParent());
        Files.writeString(plot, lines.svg());
        System.out.println("\nPlotted to " + plot);
        return 0;
    }

    private void measure(int step, Table table, Plot lines)
            throws IOException, InterruptedException, ExecutionException {
        int itemBytes = of == Of.SIZE ? step : otherwiseBytes;
        int items = of == Of.SIZE
                ? (int) Math.min(otherwiseItems, BYTES_MAX / itemBytes)
                : of == Of.ITEMS ? step : otherwiseItems;
        int connections = of == Of.CONNECTIONS ? step : otherwiseConnections;
        int regions = of == Of.REGIONS ? step : otherwiseRegions;
        Workload workload = new Workload(items, itemBytes);
        try (Scratch scratch = Scratch.create()) {
            Servers servers = new Servers(jar.toAbsolutePath(), scratch.folder());
            try (ServerProcess echo = servers.echo(workload);
                    ServerProcess meridian = servers.onDisk(Servers.MERIDIAN, regions)) {
                measure(step, workload, connections, echo, meridian, table, lines);
            }
        }
    }

    private void measure(
            int step,
            Workload workload,
            int connections,
            ServerProcess echo,
            ServerProcess meridian,
            Table table,
            Plot lines)
            throws IOException, InterruptedException, ExecutionException {
        Fill.prepare(meridian, workload, FILL_CONNECTIONS);
        int warmUps = Round.warmUps(warmUp, seconds);
        List<String> cells = new ArrayList<>(List.of(number(step, 0)));
        for (Operation operation : Operation.values()) {
            List<Measured> theirs = new ArrayList<>();
            List<Measured> ours = new ArrayList<>();
            for (int round = -warmUps; round < rounds; round++) {
                Measured ceiling = new Round(workload, operation, connections, seconds, 0).run(echo);
                Measured measured = new Round(workload, operation, connections, seconds, 0).run(meridian);
                if (round >= 0) {
                    theirs.add(ceiling);
                    ours.add(measured);
                }
            }
            double rate = Measured.median(ours, Measured::rate);
            double share = rate / Measured.median(theirs, Measured::rate);
            cells.add(number(rate, 0));
            cells.add(number(share, 2));
            cells.add(number(Measured.median(ours, round -> round.percentileMillis(99)), 2));
            lines.point(operation.title(), step, share);
        }
        cells.add(number(meridian.memoryMebibytes(), 0));
        table.row(cells.toArray(String[]::new));
    }
}

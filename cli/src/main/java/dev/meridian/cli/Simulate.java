package dev.meridian.cli;

import dev.meridian.chaos.drill.Drill;
import dev.meridian.chaos.drill.DrillResult;
import dev.meridian.chaos.drill.DrillResult.Verdict;
import dev.meridian.chaos.drill.Measures;
import dev.meridian.chaos.report.ResultFiles;
import dev.meridian.chaos.report.RunEnvironment.Mode;
import dev.meridian.chaos.virtual.MoreRegions;
import dev.meridian.chaos.virtual.SeedFile;
import dev.meridian.chaos.virtual.SeedSweep;
import dev.meridian.chaos.virtual.VirtualRun;
import dev.meridian.chaos.virtual.VirtualSetting;
import dev.meridian.chaos.virtual.WhatIf;
import dev.meridian.chaos.virtual.WhatIfPage;
import dev.meridian.chaos.yaml.DrillFileException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Runs a drill in virtual time. */
@Command(
        name = "simulate",
        mixinStandardHelpOptions = true,
        description = "Runs a drill in virtual time, with the real replication code and a seed: an hour in seconds.%n"
                + "Example: meridian simulate lose-us-east-1 --seeds 50")
final class Simulate implements Callable<Integer> {

    private static final String COLUMNS = "  %-26s %14s %14s %14s%n";

    @Parameters(paramLabel = "FILE|NAME", description = "A drill file, or a drill that comes along.")
    private String what = "";

    @Option(names = "--seeds", defaultValue = "1", description = "How many seeds (default: ${DEFAULT-VALUE}).")
    private int seeds;

    @Option(names = "--seed", description = "The first seed, in place of the file's.")
    private @Nullable Long seed;

    @Option(names = "--regions", description = "Other regions than the file's: their names, or how many.")
    private @Nullable String regions;

    @Option(names = "--trace", description = "Write everything that happens to this file; with one seed.")
    private @Nullable Path trace;

    @Option(
            names = "--what-if",
            description = "Run with each of these values and show RPO against them: latency=10ms,50ms, loss=0%%,1%%, "
                    + "rate=100/s,500/s or batch=1,20.")
    private @Nullable String whatIf;

    @Option(names = "--out", defaultValue = "drills", description = "Where reports go (default: ${DEFAULT-VALUE}).")
    private Path out = Path.of("drills");

    @Override
    public Integer call() throws IOException {
        if (seeds < 1) {
            throw new UserError(ExitCode.USAGE, "--seeds is 1 or more");
        }
        if (trace != null && seeds > 1) {
            throw new UserError(ExitCode.USAGE, "--trace takes one seed; write it like --seed 7 --trace trace.txt");
        }
        Drill drill = drill();
        SystemRuntime.out().println(drill.title());
        if (whatIf != null) {
            return sweep(drill, whatIf);
        }
        long before = SystemRuntime.nanos();
        SeedSweep sweep = sweep(drill);
        double seconds = (SystemRuntime.nanos() - before) / 1e9;
        Path folder = out.resolve(drill.name() + "-virtual");
        ResultFiles.write(sweep.shown(), SystemRuntime.environment(Mode.VIRTUAL_TIME), folder);
        SeedFile.write(sweep, folder);
        tell(sweep, seconds);
        SystemRuntime.out().println(sweep.verdict() + ". Report: " + folder.resolve("index.html"));
        return switch (sweep.verdict()) {
            case PASSED -> ExitCode.DONE;
            case FAILED -> ExitCode.FAILED;
            case INCONCLUSIVE -> ExitCode.INCONCLUSIVE;
        };
    }

    private Drill drill() {
        Drill drill = DrillFiles.drill(what);
        try {
            VirtualRun.check(drill);
            return regions == null ? drill : MoreRegions.of(drill, regions);
        } catch (DrillFileException | IllegalArgumentException wrong) {
            throw new UserError(ExitCode.USAGE, what + ", " + wrong.getMessage());
        }
    }

    private SeedSweep sweep(Drill drill) throws IOException {
        long first = seed == null ? drill.seed() : seed;
        if (trace == null) {
            return SeedSweep.run(drill, VirtualSetting.USUAL, first, seeds, this::progress, null);
        }
        try (PrintWriter lines = new PrintWriter(Files.newBufferedWriter(trace))) {
            return SeedSweep.run(
                    drill, VirtualSetting.USUAL, first, seeds, this::progress, line -> lines.write(line + "\n"));
        }
    }

    private int sweep(Drill drill, String parameterAndValues) throws IOException {
        WhatIf parameter;
        try {
            parameter = WhatIf.parse(parameterAndValues, drill);
        } catch (IllegalArgumentException wrong) {
            throw new UserError(ExitCode.USAGE, String.valueOf(wrong.getMessage()));
        }
        List<String> columns = WhatIfPage.MEASURES;
        SystemRuntime.out().printf("  %-10s", parameter.parameter());
        columns.forEach(measure -> SystemRuntime.out().printf("  %-22s", measure));
        SystemRuntime.out().println();
        List<WhatIf.Point> points = parameter.run(seed == null ? drill.seed() : seed, seeds, point -> {
            SystemRuntime.out().printf("  %-10s", point.value());
            columns.forEach(measure -> SystemRuntime.out().printf("  %-22s", WhatIfPage.cell(point, measure)));
            SystemRuntime.out().println();
        });
        Path folder = Files.createDirectories(out.resolve(drill.name() + "-what-if"));
        Path page = folder.resolve(parameter.parameter() + ".html");
        Files.writeString(page, WhatIfPage.page(drill, parameter.parameter(), points));
        SystemRuntime.out().println("Median and worst of " + seeds + " seeds each. Page: " + page);
        return ExitCode.DONE;
    }

    private void progress(DrillResult result) {
        if (result.verdict() != Verdict.PASSED) {
            SystemRuntime.out()
                    .printf(
                            "  seed %d %s: %s. Replay: ./meridian simulate %s --seed %d%s --trace trace.txt%n",
                            result.drill().seed(),
                            result.verdict().name().toLowerCase(Locale.ROOT),
                            result.reason(),
                            what,
                            result.drill().seed(),
                            regions == null ? "" : " --regions " + regions);
        }
    }

    private void tell(SeedSweep sweep, double seconds) {
        Drill drill = sweep.drill();
        double virtual = drill.load().forMillis() / 1_000.0 * sweep.seeds();
        SystemRuntime.out()
                .printf(
                        Locale.ROOT,
                        "  %d seeds of %d regions: %d passed, %d failed, %d inconclusive; %.0f s of load in %.1f s%n",
                        sweep.seeds(),
                        drill.topology().regions().size(),
                        sweep.count(Verdict.PASSED),
                        sweep.count(Verdict.FAILED),
                        sweep.count(Verdict.INCONCLUSIVE),
                        virtual,
                        seconds);
        SystemRuntime.out().printf(COLUMNS, "over the seeds", "p50", "p95", "max");
        for (String measure : Measures.NAMES.keySet()) {
            SeedSweep.Spread spread = sweep.spread(measure);
            SystemRuntime.out()
                    .printf(
                            COLUMNS,
                            measure,
                            ResultFiles.show(measure, spread.p50()),
                            ResultFiles.show(measure, spread.p95()),
                            ResultFiles.show(measure, spread.max()));
        }
    }
}

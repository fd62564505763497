package dev.meridian.cli;

import dev.meridian.chaos.drill.DrillLibrary;
import dev.meridian.chaos.drill.DrillParser;
import dev.meridian.chaos.fis.FisImport;
import dev.meridian.chaos.report.ReportServer;
import dev.meridian.chaos.report.RunComparison;
import dev.meridian.chaos.report.RunSummary;
import dev.meridian.chaos.yaml.DrillFileException;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletionException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What goes with drills besides running them: starting a file, importing one, and looking at results. */
class DrillTools {

    private static final String HOST = "127.0.0.1";

    @Command(name = "new", description = "Writes NAME.yaml, a commented drill to start from.")
    int create(@Parameters(paramLabel = "NAME") String name) throws IOException {
        String text = DrillLibrary.starter(name);
        try {
            DrillParser.parse(text);
        } catch (DrillFileException wrong) {
            throw new UserError(
                    ExitCode.USAGE, "a drill's name is made of small letters, digits and '-', not '" + name + "'");
        }
        Path file = Path.of(name + ".yaml");
        if (Files.exists(file)) {
            throw new UserError(ExitCode.USAGE, file + " is there already");
        }
        Files.writeString(file, text);
        SystemRuntime.out().println("Wrote " + file + ". Try: ./meridian simulate " + file);
        return ExitCode.DONE;
    }

    @Command(
            name = "compare",
            description = "Shows two runs side by side. Exit 1 where the first passed and the second did not.")
    int compare(
            @Parameters(paramLabel = "A", description = "A run's folder, or its results.json.") Path before,
            @Parameters(paramLabel = "B", description = "Another's.") Path after) {
        RunComparison comparison = new RunComparison(summary(before), summary(after));
        String row = "  %-26s %14s %14s %9s%n";
        SystemRuntime.out()
                .printf(
                        row,
                        "drill",
                        comparison.before().drill(),
                        comparison.after().drill(),
                        "");
        SystemRuntime.out()
                .printf(
                        row,
                        "seed",
                        comparison.before().seed(),
                        comparison.after().seed(),
                        "");
        SystemRuntime.out()
                .printf(
                        row,
                        "verdict",
                        comparison.before().verdict(),
                        comparison.after().verdict(),
                        "");
        comparison
                .lines()
                .forEach(line ->
                        SystemRuntime.out().printf(row, line.measure(), line.before(), line.after(), line.change()));
        return comparison.isWorse() ? ExitCode.FAILED : ExitCode.DONE;
    }

    private static RunSummary summary(Path run) {
        try {
            return RunSummary.read(run);
        } catch (IOException unreadable) {
            throw new UserError(ExitCode.USAGE, "there is no run in " + run + ": " + unreadable.getMessage());
        }
    }

    @Command(name = "import-fis", description = "Prints a drill made of an AWS FIS experiment template.")
    int importFis(
            @Parameters(
                            paramLabel = "FILE",
                            description = "The template, as 'aws fis get-experiment-template' prints it.")
                    Path file,
            @Option(
                            names = "--region",
                            defaultValue = "",
                            description = "Where the experiment runs, if its targets have no ARNs.")
                    String region,
            @Option(names = "--skip-unknown", description = "Leave out actions that have no counterpart.")
                    boolean skipUnknown) {
        try {
            String drill = FisImport.drill(Files.readString(file), region, skipUnknown);
            DrillParser.parse(drill);
            SystemRuntime.out().print(drill);
            return ExitCode.DONE;
        } catch (IOException unreadable) {
            throw new UserError(ExitCode.USAGE, "there is no file " + file);
        } catch (IllegalArgumentException | DrillFileException wrong) {
            throw new UserError(ExitCode.USAGE, file + ": " + wrong.getMessage());
        }
    }

    @Command(name = "serve", description = "Serves a folder of reports to a browser on this machine, until Ctrl-C.")
    int serve(
            @Parameters(paramLabel = "FOLDER", defaultValue = "drills", description = "(default: ${DEFAULT-VALUE})")
                    Path folder,
            @Option(
                            names = "--port",
                            defaultValue = "8010",
                            description = "0 picks a free one (default: ${DEFAULT-VALUE}).")
                    int port,
            @Option(names = "--until-ready", description = "Stop as soon as it serves.") boolean untilReady)
            throws InterruptedException {
        if (!Files.isDirectory(folder)) {
            throw new UserError(ExitCode.USAGE, "there is no folder " + folder);
        }
        Vertx vertx = SystemRuntime.vertx();
        try (StopSignal stop = new StopSignal()) {
            ReportServer server = new ReportServer(vertx, folder);
            int open = server.open(HOST, port).toCompletableFuture().join();
            SystemRuntime.out().println("Reports at http://" + HOST + ":" + open + "   Ctrl-C stops it.");
            if (!untilReady) {
                stop.await();
            }
            server.close().toCompletableFuture().join();
        } catch (CompletionException taken) {
            throw new UserError(ExitCode.UNAVAILABLE, PortHolder.sentence(HOST, port));
        } finally {
            vertx.close().toCompletionStage().toCompletableFuture().join();
        }
        return ExitCode.DONE;
    }
}

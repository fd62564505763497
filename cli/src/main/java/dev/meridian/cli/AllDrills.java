package dev.meridian.cli;

import dev.meridian.chaos.drill.Drill;
import dev.meridian.chaos.drill.DrillLibrary;
import dev.meridian.chaos.drill.DrillResult;
import dev.meridian.chaos.drill.DrillResult.Verdict;
import dev.meridian.chaos.report.ResultFiles;
import dev.meridian.chaos.report.RunEnvironment.Mode;
import dev.meridian.chaos.virtual.ModeAgreement;
import dev.meridian.chaos.virtual.VirtualRun;
import dev.meridian.chaos.virtual.VirtualSetting;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;

/** Every drill that comes along, in real and in virtual time, with a report of each run and a table of them all. */
final class AllDrills {

    private static final String ROW = "| %s | %s | %s | %s | %s | %s |%n";

    private final Path out;
    private final StopSignal stop;
    private boolean isFailed;

    AllDrills(Path out, StopSignal stop) {
        this.out = out;
        this.stop = stop;
    }

    /** Exit 1 where a drill fails in either mode, or the two do not agree. */
    int run() throws IOException {
        SystemRuntime.out().printf(ROW, "drill", "verdict", "RTO", "RPO in writes", "RPO in age", "agree");
        SystemRuntime.out().printf(ROW, "---", "---", "---", "---", "---", "---");
        for (String name : DrillLibrary.names()) {
            if (!stop.isAsked()) {
                run(DrillFiles.drill(name));
            }
        }
        SystemRuntime.out()
                .printf(
                        Locale.ROOT,
                        "Real / virtual time. They agree where the verdict is the same, RTO within %.0f ms and the age in RPO "
                                + "within %.0f ms. Reports: %s%n",
                        ModeAgreement.RTO_BAND_MILLIS,
                        ModeAgreement.RPO_AGE_BAND_MILLIS,
                        out);
        return stop.isAsked() ? ExitCode.INCONCLUSIVE : isFailed ? ExitCode.FAILED : ExitCode.DONE;
    }

    private void run(Drill drill) throws IOException {
        DrillResult real;
        try (DrillWorld world = DrillWorld.start(drill)) {
            real = DrillCommand.run(drill, world.url(), stop, true, said -> {});
        }
        ResultFiles.write(real, SystemRuntime.environment(Mode.REAL_TIME), out.resolve(drill.name()));
        DrillResult virtual = VirtualRun.run(drill, VirtualSetting.USUAL, drill.seed(), null);
        ResultFiles.write(
                virtual, SystemRuntime.environment(Mode.VIRTUAL_TIME), out.resolve(drill.name() + "-virtual"));
        ModeAgreement agreement = new ModeAgreement(real, virtual);
        isFailed |= !agreement.isGiven() || real.verdict() != Verdict.PASSED;
        SystemRuntime.out()
                .printf(
                        ROW,
                        "`" + drill.name() + "`",
                        word(real) + (real.verdict() == virtual.verdict() ? "" : " / " + word(virtual)),
                        agreement.both("rto"),
                        agreement.both("rpo.writes"),
                        agreement.both("rpo.age"),
                        agreement.isGiven() ? "yes" : "no");
    }

    private static String word(DrillResult result) {
        return result.verdict().name().toLowerCase(Locale.ROOT);
    }
}

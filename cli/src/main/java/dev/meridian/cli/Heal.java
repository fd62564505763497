package dev.meridian.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Undoes every fault. */
@Command(
        name = "heal",
        mixinStandardHelpOptions = true,
        description = "Undoes every fault.%nExample: meridian heal --all")
final class Heal implements Callable<Integer> {

    @Mixin
    private Client client = new Client();

    @Option(names = "--all", description = "Every region, link and clock.")
    private boolean all;

    @Override
    public Integer call() {
        if (!all) {
            throw new UserError(ExitCode.USAGE, "write 'meridian heal --all', or heal one region or link");
        }
        client.post("heal");
        SystemRuntime.out().println("All regions are live, all links and clocks as they were.");
        return ExitCode.DONE;
    }
}

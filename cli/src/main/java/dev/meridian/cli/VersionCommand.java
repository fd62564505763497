package dev.meridian.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Says which build this is. */
@Command(name = "version", mixinStandardHelpOptions = true, description = "Says which build this is.")
final class VersionCommand implements Callable<Integer> {

    @Override
    public Integer call() {
        SystemRuntime.out().println(new Version().getVersion()[0]);
        return ExitCode.DONE;
    }
}

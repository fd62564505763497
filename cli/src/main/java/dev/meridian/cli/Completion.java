package dev.meridian.cli;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Prints a completion script. */
@Command(
        name = "completion",
        mixinStandardHelpOptions = true,
        description = "Prints a completion script.%nExample: source <(./meridian completion bash)")
final class Completion implements Callable<Integer> {

    @Spec
    private @Nullable CommandSpec spec;

    @Parameters(arity = "0..1", defaultValue = "bash", paramLabel = "SHELL", description = "bash or zsh.")
    private String shell = "";

    @Override
    public Integer call() {
        if (!shell.equals("bash") && !shell.equals("zsh")) {
            throw new UserError(ExitCode.USAGE, "completion knows bash and zsh, not '" + shell + "'");
        }
        if (spec != null) {
            // One script serves both: it turns on bash's completion where it runs in zsh.
            SystemRuntime.out().print(AutoComplete.bash("meridian", spec.root().commandLine()));
        }
        return ExitCode.DONE;
    }
}

package dev.meridian.cli;

import java.io.PrintStream;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Prints what to export so that AWS tools find the front door. */
@Command(
        name = "env",
        mixinStandardHelpOptions = true,
        description = "Prints exports that point AWS tools at Meridian.%nExample: eval \"$(./meridian env)\"")
final class Env implements Callable<Integer> {

    @Mixin
    private Client client = new Client();

    @Option(
            names = "--region",
            defaultValue = "us-east-1",
            description = "The default region (default: ${DEFAULT-VALUE}).")
    private String region = "";

    @Option(
            names = "--shell",
            defaultValue = "bash",
            description = "bash, fish or powershell (default: ${DEFAULT-VALUE}).")
    private String shell = "";

    @Override
    public Integer call() {
        PrintStream out = SystemRuntime.out();
        print(out, "AWS_ENDPOINT_URL_DYNAMODB", client.url());
        print(out, "AWS_ENDPOINT_URL", client.url());
        print(out, "MERIDIAN_URL", client.url());
        print(out, "AWS_ACCESS_KEY_ID", "meridian");
        print(out, "AWS_SECRET_ACCESS_KEY", "meridian");
        print(out, "AWS_DEFAULT_REGION", region);
        print(out, "AWS_REGION", region);
        return ExitCode.DONE;
    }

    private void print(PrintStream out, String name, String value) {
        out.println(
                switch (shell) {
                    case "fish" -> "set -gx " + name + " '" + value + "'";
                    case "powershell" -> "$Env:" + name + " = '" + value + "'";
                    case "bash" -> "export " + name + "='" + value + "'";
                    default -> throw new UserError(ExitCode.USAGE, "--shell is bash, fish or powershell");
                });
    }
}

package dev.meridian.cli;

import java.util.List;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The meridian command. */
@Command(
        name = "meridian",
        description = "DynamoDB global tables on your own machines, with real lag, real conflicts and a kill switch.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        synopsisSubcommandLabel = "COMMAND")
public final class Meridian {

    private static final Set<String> CLOCK_COMMANDS = Set.of("skew", "jump", "drift");

    private static final List<Class<?>> COMMANDS = List.of(
            Up.class,
            Node.class,
            Env.class,
            Status.class,
            RegionCommand.class,
            LinkCommand.class,
            DoorCommand.class,
            Partition.class,
            Heal.class,
            ItemCommand.class,
            TableCommand.class,
            Conflicts.class,
            ReplicationCommand.class,
            Converge.class,
            DrillCommand.class,
            Simulate.class,
            SoakCommand.class,
            MeasureCommand.class,
            CommandLine.HelpCommand.class,
            VersionCommand.class,
            Completion.class);

    /** These tell of all the others. */
    private static final Set<Class<?>> TELLING = Set.of(CommandLine.HelpCommand.class, Completion.class);

    private Meridian() {}

    /** Runs the command and exits with its code. */
    public static void main(String[] arguments) {
        System.exit(run(arguments));
    }

    static int run(String... arguments) {
        CommandLine meridian = commandLine(arguments);
        // A clock may be behind: -90s is an amount there, and no option.
        meridian.getSubcommands().values().stream()
                .flatMap(command -> command.getSubcommands().values().stream())
                .filter(command -> CLOCK_COMMANDS.contains(command.getCommandName()))
                .forEach(command -> command.setUnmatchedOptionsArePositionalParams(true));
        return meridian.setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionExceptionHandler((failure, commandLine, parsed) -> report(failure))
                .setParameterExceptionHandler((failure, given) -> {
                    SystemRuntime.err().println(failure.getMessage());
                    CommandLine.UnmatchedArgumentException.printSuggestions(failure, SystemRuntime.err());
                    SystemRuntime.err().println("Try 'meridian help'.");
                    return ExitCode.USAGE;
                })
                .execute(arguments);
    }

    /** Only the command that is called, where that is clear: to describe them all takes a good part of a start. */
    private static CommandLine commandLine(String... arguments) {
        List<Class<?>> called = COMMANDS.stream()
                .filter(command -> arguments.length > 0 && nameOf(command).equals(arguments[0]))
                .limit(1)
                .toList();
        boolean isClear = !called.isEmpty() && !TELLING.contains(called.get(0));
        CommandLine meridian = new CommandLine(new Meridian());
        (isClear ? called : COMMANDS).forEach(meridian::addSubcommand);
        return meridian;
    }

    private static String nameOf(Class<?> command) {
        return command.getAnnotation(Command.class).name();
    }

    private static int report(Exception failure) {
        if (failure instanceof UserError mendable) {
            SystemRuntime.err().println(mendable.getMessage());
            return mendable.exitCode();
        }
        SystemRuntime.err().println("meridian failed: " + failure);
        return ExitCode.INTERNAL;
    }
}

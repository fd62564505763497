package dev.meridian.chaos.drill;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A program that loads the regions beside the drill's own clients, a Gatling simulation for example. It finds the front door in {@code
 * MERIDIAN_URL} and {@code AWS_ENDPOINT_URL_DYNAMODB}, the drill's table in {@code MERIDIAN_TABLE}, and its output goes to this
 * process's.
 */
final class LoadCommand {

    private static final long PATIENCE_SECONDS = 30;

    private final String command;
    private final Process process;

    private LoadCommand(String command, Process process) {
        this.command = command;
        this.process = process;
    }

    /** Starts it in a shell. */
    static LoadCommand start(String command, String url, String table) {
        ProcessBuilder builder = new ProcessBuilder(
                        File.separatorChar == '\\' ? List.of("cmd", "/c", command) : List.of("sh", "-c", command))
                .inheritIO();
        builder.environment().put("MERIDIAN_URL", url);
        builder.environment().put("MERIDIAN_TABLE", table);
        builder.environment().put("AWS_ENDPOINT_URL_DYNAMODB", url);
        try {
            return new LoadCommand(command, builder.start());
        } catch (IOException cannot) {
            throw new UncheckedIOException("cannot start '" + command + "'", cannot);
        }
    }

    /** Waits a while for its end; then ends it. What it came to, in words. */
    String end(boolean isHurried) {
        try {
            if (!isHurried && process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                return "'" + command + "' ended with " + process.exitValue();
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        process.descendants().forEach(ProcessHandle::destroy);
        process.destroy();
        return "'" + command + "' was stopped";
    }
}

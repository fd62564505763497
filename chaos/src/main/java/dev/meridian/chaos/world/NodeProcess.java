package dev.meridian.chaos.world;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A process that runs one region. It says {@code ready PORT CLUSTER} on its standard output when its door answers, and ends
 * in good order when its standard input ends, so that no region outlives the world that started it.
 */
final class NodeProcess {

    private static final String READY = "ready ";
    private static final long STOP_SECONDS_MAX = 10;

    /** Where a region answers: its door's port, and its cluster node's {@code host:port} or {@code -}. */
    record Ready(int port, String cluster) {}

    private final String region;
    private final Process process;

    private NodeProcess(String region, Process process) {
        this.region = region;
        this.process = process;
    }

    /** Starts the process; its complaints go to this process's standard error. */
    static NodeProcess start(String region, List<String> command) throws IOException {
        return new NodeProcess(
                region,
                new ProcessBuilder(command)
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start());
    }

    long pid() {
        return process.pid();
    }

    /** Completes when the region answers; fails where the process ends before. */
    CompletionStage<Ready> ready() {
        CompletableFuture<Ready> ready = new CompletableFuture<>();
        Thread listening = new Thread(() -> listen(ready), "listening-" + region);
        listening.setDaemon(true);
        listening.start();
        return ready;
    }

    private void listen(CompletableFuture<Ready> ready) {
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            @Nullable String line = lines.readLine();
            while (line != null) {
                if (line.startsWith(READY)) {
                    String[] words = line.split(" ");
                    ready.complete(new Ready(Integer.parseInt(words[1]), words[2]));
                }
                line = lines.readLine();
            }
        } catch (IOException broken) {
            ready.completeExceptionally(broken);
        }
        ready.completeExceptionally(new IllegalStateException("the process of region " + region + " did not start"));
    }

    CompletionStage<Void> ended() {
        return process.onExit().thenAccept(end -> {});
    }

    /** SIGKILL. */
    CompletionStage<Void> kill() {
        process.destroyForcibly();
        return ended();
    }

    /** SIGSTOP or SIGCONT. */
    CompletionStage<Void> signal(String name) {
        try {
            return new ProcessBuilder("kill", "-" + name, Long.toString(pid()))
                    .redirectErrorStream(true)
                    .start()
                    .onExit()
                    .thenAccept(sent -> {
                        if (sent.exitValue() != 0) {
                            throw new IllegalStateException("the process of " + region + " takes no signal " + name);
                        }
                    });
        } catch (IOException noSuchCommand) {
            return CompletableFuture.failedFuture(noSuchCommand);
        }
    }

    /** Asks it to end in good order, and kills it where it takes too long. */
    CompletionStage<Void> stop() {
        try {
            process.getOutputStream().close();
        } catch (IOException gone) {
            process.destroy();
        }
        return process.onExit()
                .orTimeout(STOP_SECONDS_MAX, TimeUnit.SECONDS)
                .handle((end, late) -> late == null ? ended() : kill())
                .thenCompose(last -> last);
    }
}

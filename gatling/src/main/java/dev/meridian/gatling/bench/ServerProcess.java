package dev.meridian.gatling.bench;

import java.io.IOException;
import java.net.ConnectException;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A server under load: a process started here and stopped here. */
final class ServerProcess implements AutoCloseable {

    private static final Pattern REGION_LINE = Pattern.compile("(?m)^\\s*[a-z]+-[a-z]+-\\d \\*?\\s*(http://\\S+)");
    private static final Pattern GATEWAY_LINE = Pattern.compile("(?m)^\\s*Gateway\\s+(http://\\S+)");
    private static final long READY_NANOS_MAX = TimeUnit.SECONDS.toNanos(60);

    private static final long REST_MILLIS_MAX = 3_000;
    private static final int REST_STEP_MILLIS = 100;
    /** A process that uses less of a processor is at rest. */
    private static final double REST_SHARE = 0.1;

    private final String name;
    private final Process process;
    private final Path folder;
    private List<URI> regions = List.of();

    private ServerProcess(String name, Process process, Path folder) {
        this.name = name;
        this.process = process;
        this.folder = folder;
    }

    /** Starts a server and waits until it listens. What it keeps on disk is to lie in the folder. */
    static ServerProcess listening(String name, List<String> command, int port, Path folder)
            throws IOException, InterruptedException {
        ServerProcess server = launch(name, command, folder);
        URI url = URI.create("http://127.0.0.1:" + port);
        server.regions = List.of(url);
        server.awaitReady(() -> {
            try (Socket ready = new Socket(url.getHost(), url.getPort())) {
                return ready.isConnected();
            } catch (ConnectException notYet) {
                return false;
            }
        });
        return server;
    }

    /** Starts Meridian and waits until it has told where its regions are. */
    static ServerProcess telling(String name, List<String> command, int regions, Path folder)
            throws IOException, InterruptedException {
        ServerProcess server = launch(name, command, folder);
        server.awaitReady(() -> {
            server.regions = REGION_LINE
                    .matcher(Files.readString(server.log()))
                    .results()
                    .map((MatchResult line) -> URI.create(line.group(1)))
                    .toList();
            return server.regions.size() == regions;
        });
        return server;
    }

    private static ServerProcess launch(String name, List<String> command, Path folder) throws IOException {
        Files.createDirectories(folder);
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile())
                .start();
        return new ServerProcess(name, process, folder);
    }

    private interface Readiness {

        boolean isReady() throws IOException;
    }

    private void awaitReady(Readiness readiness) throws IOException, InterruptedException {
        long start = System.nanoTime();
        while (process.isAlive() && System.nanoTime() - start < READY_NANOS_MAX) {
            if (readiness.isReady()) {
                return;
            }
            Thread.sleep(50);
        }
        close();
        throw new IOException(name + " did not start: " + Files.readString(log()));
    }

    private Path log() {
        return folder.resolve("log");
    }

    String name() {
        return name;
    }

    /** Where the load goes. */
    URI url() {
        return regions.get(0);
    }

    /** All regions of it. */
    List<URI> regions() {
        return regions;
    }

    /** Where Meridian's control is; throws {@link IOException} for another server. */
    URI gateway() throws IOException {
        Matcher line = GATEWAY_LINE.matcher(Files.readString(log()));
        if (!line.find()) {
            throw new IOException(name + " tells of no gateway");
        }
        return URI.create(line.group(1));
    }

    /** Waits until the process has done what was left to do behind its answers, so that it does not fall on the next. */
    void awaitRest() throws InterruptedException {
        double before = cpuSeconds();
        for (int waited = 0; waited < REST_MILLIS_MAX; waited += REST_STEP_MILLIS) {
            Thread.sleep(REST_STEP_MILLIS);
            double now = cpuSeconds();
            if (!(now - before > REST_SHARE * REST_STEP_MILLIS / 1e3)) {
                return;
            }
            before = now;
        }
    }

    /** What the process has used up so far; NaN where the system doesn't tell. */
    double cpuSeconds() {
        return process.info()
                .totalCpuDuration()
                .map(Duration::toMillis)
                .map(millis -> millis / 1e3)
                .orElse(Double.NaN);
    }

    /** The most memory it ever had resident, in MiB; NaN where there is no /proc. */
    double peakMemoryMebibytes() throws IOException {
        return memory("VmHWM:");
    }

    /** What it has resident now, in MiB; NaN where there is no /proc. */
    double memoryMebibytes() throws IOException {
        return memory("VmRSS:");
    }

    private double memory(String field) throws IOException {
        Path status = Path.of("/proc", Long.toString(process.pid()), "status");
        if (!Files.isReadable(status)) {
            return Double.NaN;
        }
        return Files.readAllLines(status).stream()
                .filter(line -> line.startsWith(field))
                .mapToDouble(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024.0)
                .findFirst()
                .orElse(Double.NaN);
    }

    /** What lies in its folder, its log apart. */
    long bytesOnDisk() throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> Files.isRegularFile(file) && !file.equals(log()))
                    .mapToLong(file -> file.toFile().length())
                    .sum();
        }
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(20, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException interrupted) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}

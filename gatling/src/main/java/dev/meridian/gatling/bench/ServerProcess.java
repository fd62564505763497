package dev.meridian.gatling.bench;

import java.io.File;
import java.io.IOException;
import java.net.ConnectException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A server under load: a process started here and stopped here, or somebody's that is only used. */
final class ServerProcess implements AutoCloseable {

    private static final Pattern REGION_LINE = Pattern.compile("us-east-1 \\*\\s+(http://\\S+)");
    private static final long READY_NANOS_MAX = TimeUnit.SECONDS.toNanos(60);
    private static final String JAVA =
            Path.of(System.getProperty("java.home"), "bin", "java").toString();

    private final String name;
    private final @Nullable Process process;
    private final URI url;

    private ServerProcess(String name, @Nullable Process process, URI url) {
        this.name = name;
        this.process = process;
        this.url = url;
    }

    static ServerProcess existing(String name, URI url) {
        return new ServerProcess(name, null, url);
    }

    static ServerProcess echo(Path logs) throws IOException, InterruptedException {
        int port = freePort();
        return start(
                "vertx-echo",
                port,
                logs,
                List.of(
                        "-cp",
                        System.getProperty("java.class.path"),
                        "dev.meridian.gatling.bench.Echo",
                        Integer.toString(port)));
    }

    /** DynamoDB Local in memory, its native SQLite taken from where Maven put it, its telemetry off. */
    static ServerProcess dynamoDbLocal(Path logs) throws IOException, InterruptedException {
        int port = freePort();
        String classpath = System.getProperty("java.class.path");
        Optional<Path> sqlite = List.of(classpath.split(File.pathSeparator)).stream()
                .filter(entry -> entry.contains("sqlite4java") && entry.endsWith("amd64-1.0.392.so"))
                .map(entry -> Path.of(entry).toAbsolutePath().getParent())
                .findFirst();
        List<String> arguments = new ArrayList<>();
        sqlite.ifPresent(folder -> arguments.add("-Dsqlite4java.library.path=" + folder));
        arguments.addAll(List.of(
                "-cp",
                classpath,
                "software.amazon.dynamodb.services.local.main.ServerRunner",
                "-inMemory",
                "-port",
                Integer.toString(port),
                "-disableTelemetry"));
        return start("dynamodb-local", port, logs, arguments);
    }

    /** One Meridian region; what it keeps on disk goes under the folder given. */
    static ServerProcess meridian(String name, Path jar, Path folder, boolean isInMemory)
            throws IOException, InterruptedException {
        Path log = folder.resolve(name + ".log");
        List<String> arguments =
                new ArrayList<>(List.of("-jar", jar.toString(), "up", "--regions", "us-east-1", "--port", "0"));
        arguments.addAll(
                isInMemory
                        ? List.of("--in-memory")
                        : List.of("--data", folder.resolve("data").toString()));
        Process process = launch(log, arguments);
        long start = System.nanoTime();
        while (System.nanoTime() - start < READY_NANOS_MAX && process.isAlive()) {
            Matcher line = REGION_LINE.matcher(Files.readString(log));
            if (line.find()) {
                return new ServerProcess(name, process, URI.create(line.group(1)));
            }
            Thread.sleep(100);
        }
        process.destroyForcibly();
        throw new IOException(name + " did not start: " + Files.readString(log));
    }

    private static ServerProcess start(String name, int port, Path logs, List<String> arguments)
            throws IOException, InterruptedException {
        Path log = logs.resolve(name + ".log");
        Process process = launch(log, arguments);
        URI url = URI.create("http://127.0.0.1:" + port);
        long start = System.nanoTime();
        while (System.nanoTime() - start < READY_NANOS_MAX && process.isAlive()) {
            try (Connection ready = new Connection(url)) {
                return new ServerProcess(name, process, url);
            } catch (ConnectException notYet) {
                Thread.sleep(100);
            }
        }
        process.destroyForcibly();
        throw new IOException(name + " did not start: " + Files.readString(log));
    }

    /** The same Java machine and heap for everyone. */
    private static Process launch(Path log, List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(JAVA, "-XX:+UseSerialGC", "-Xms64m", "-Xmx2g"));
        command.addAll(arguments);
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    String name() {
        return name;
    }

    URI url() {
        return url;
    }

    @Override
    public void close() {
        if (process == null) {
            return;
        }
        process.destroy();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException interrupted) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}

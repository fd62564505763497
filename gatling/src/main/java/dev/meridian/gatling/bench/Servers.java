package dev.meridian.gatling.bench;

import java.io.File;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Starts what is measured, the same Java machine and heap for all that run on Java.
 *
 * @param jar Meridian's
 * @param folder everything goes under it
 */
record Servers(Path jar, Path folder) {

    static final String ECHO = "vertx-echo";
    static final String DYNAMODB_LOCAL = "dynamodb-local";
    static final String DYNALITE = "dynalite";
    static final String MERIDIAN = "meridian";
    static final String MERIDIAN_IN_MEMORY = "meridian-in-memory";
    static final String MERIDIAN_3_REGIONS = "meridian-3-regions";

    private static final String JAVA =
            Path.of(System.getProperty("java.home"), "bin", "java").toString();
    static final List<String> REGIONS = List.of(
            "us-east-1",
            "eu-west-1",
            "ap-southeast-1",
            "us-west-2",
            "eu-central-1",
            "ap-northeast-1",
            "sa-east-1",
            "ca-central-1");

    /** A bare Vert.x server that answers the same bytes: the ceiling of anything behind HTTP here. */
    ServerProcess echo(Workload workload) throws IOException, InterruptedException {
        int port = freePort();
        return ServerProcess.listening(
                ECHO,
                java(
                        "-cp",
                        System.getProperty("java.class.path"),
                        Echo.class.getName(),
                        Integer.toString(port),
                        Integer.toString(workload.itemBytes())),
                port,
                folder.resolve(ECHO));
    }

    /** DynamoDB Local in memory, its native SQLite taken from where Maven put it, its telemetry off. */
    ServerProcess dynamoDbLocal() throws IOException, InterruptedException {
        int port = freePort();
        String classpath = System.getProperty("java.class.path");
        List<String> arguments = new ArrayList<>();
        Arrays.stream(classpath.split(File.pathSeparator))
                .filter(entry -> entry.contains("sqlite4java") && entry.endsWith("amd64-1.0.392.so"))
                .map(entry -> "-Dsqlite4java.library.path="
                        + Path.of(entry).toAbsolutePath().getParent())
                .findFirst()
                .ifPresent(arguments::add);
        arguments.addAll(List.of(
                "-cp",
                classpath,
                "software.amazon.dynamodb.services.local.main.ServerRunner",
                "-inMemory",
                "-port",
                Integer.toString(port),
                "-disableTelemetry"));
        return ServerProcess.listening(
                DYNAMODB_LOCAL, java(arguments.toArray(String[]::new)), port, folder.resolve(DYNAMODB_LOCAL));
    }

    /** dynalite in memory, fetched by npm; empty where there is no npm or it has no network. */
    Optional<ServerProcess> dynalite() throws IOException, InterruptedException {
        Path home = folder.resolve("npm");
        Files.createDirectories(home);
        try {
            Process npm = new ProcessBuilder("npm", "install", "--no-audit", "--no-fund", "--prefix", ".", "dynalite@4")
                    .directory(home.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(home.resolve("npm.log").toFile())
                    .start();
            if (!npm.waitFor(3, TimeUnit.MINUTES) || npm.exitValue() != 0) {
                npm.destroyForcibly();
                return Optional.empty();
            }
        } catch (IOException noNpm) {
            return Optional.empty();
        }
        int port = freePort();
        String program = home.resolve("node_modules/dynalite/cli.js").toString();
        return Optional.of(ServerProcess.listening(
                DYNALITE,
                List.of("node", program, "--port", Integer.toString(port), "--createTableMs", "0"),
                port,
                folder.resolve(DYNALITE)));
    }

    ServerProcess meridian() throws IOException, InterruptedException {
        return onDisk(MERIDIAN, 1);
    }

    ServerProcess meridianInMemory() throws IOException, InterruptedException {
        return meridian(MERIDIAN_IN_MEMORY, 1, "--in-memory");
    }

    /** So many regions in one process; a new table has a replica in each. */
    ServerProcess onDisk(String name, int regions) throws IOException, InterruptedException {
        return meridian(
                name, regions, "--data", folder.resolve(name).resolve("data").toString());
    }

    private ServerProcess meridian(String name, int regions, String... where) throws IOException, InterruptedException {
        List<String> arguments = new ArrayList<>(List.of(
                "-jar",
                jar.toString(),
                "up",
                "--port",
                "0",
                "--regions",
                String.join(",", REGIONS.subList(0, regions))));
        arguments.addAll(List.of(where));
        return ServerProcess.telling(name, java(arguments.toArray(String[]::new)), regions, folder.resolve(name));
    }

    private static List<String> java(String... arguments) {
        List<String> command = new ArrayList<>(List.of(JAVA, "-XX:+UseSerialGC", "-Xms64m", "-Xmx2g"));
        command.addAll(List.of(arguments));
        return command;
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}

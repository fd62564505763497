package dev.meridian.cli;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;

/** Says who holds a port. */
final class PortHolder {

    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private PortHolder() {}

    static boolean isTaken(String host, int port) {
        if (port == 0) {
            return false;
        }
        try (ServerSocket probe = new ServerSocket()) {
            probe.bind(new InetSocketAddress(host, port));
            return false;
        } catch (IOException taken) {
            return true;
        }
    }

    static String sentence(String host, int port) {
        String holder = process(port).map(name -> " by " + name).orElse("");
        return "port " + port + " is taken" + holder + answer(host, port)
                + "; choose another with --port, 0 picks free ones";
    }

    private static String answer(String host, int port) {
        try {
            HttpResponse<String> response = HttpClient.newBuilder()
                    .connectTimeout(PATIENCE)
                    .build()
                    .send(
                            HttpRequest.newBuilder(URI.create("http://" + host + ":" + port + "/"))
                                    .timeout(PATIENCE)
                                    .build(),
                            HttpResponse.BodyHandlers.ofString());
            String server = response.headers().firstValue("Server").orElse("");
            if (server.startsWith("meridian") || response.body().startsWith("healthy: dynamodb")) {
                return " (something that speaks DynamoDB answers there; perhaps a Meridian that already runs)";
            }
            return server.isEmpty() ? "" : " (a server that calls itself " + server + " answers there)";
        } catch (IOException silent) {
            return "";
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return "";
        }
    }

    /** On Linux: the process whose socket listens on the port. */
    private static Optional<String> process(int port) {
        String suffix = String.format(":%04X", port);
        try (Stream<String> sockets = Files.lines(Path.of("/proc/net/tcp"))) {
            Optional<String> inode = sockets.map(line -> line.strip().split("\\s+"))
                    .filter(fields -> fields.length > 9 && fields[1].endsWith(suffix) && fields[3].equals("0A"))
                    .map(fields -> fields[9])
                    .findFirst();
            return inode.flatMap(PortHolder::owner);
        } catch (IOException | java.io.UncheckedIOException notLinux) {
            return Optional.empty();
        }
    }

    private static Optional<String> owner(String inode) {
        return ProcessHandle.allProcesses()
                .filter(process -> holds(process.pid(), "socket:[" + inode + "]"))
                .findFirst()
                .map(process -> process.info()
                                .command()
                                .map(Path::of)
                                .map(Path::getFileName)
                                .map(Path::toString)
                                .orElse("process")
                        + " (pid " + process.pid() + ")");
    }

    private static boolean holds(long pid, String socket) {
        try (Stream<Path> files = Files.list(Path.of("/proc/" + pid + "/fd"))) {
            return files.anyMatch(file -> {
                try {
                    return Files.readSymbolicLink(file).toString().equals(socket);
                } catch (IOException gone) {
                    return false;
                }
            });
        } catch (IOException | java.io.UncheckedIOException forbidden) {
            return false;
        }
    }
}

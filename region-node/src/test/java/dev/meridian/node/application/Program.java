package dev.meridian.node.application;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/** A program of this machine, run in a folder. */
final class Program {

    private static final int SECONDS_MAX = 480;

    /** What it came to; output and errors together. */
    record Ended(int status, String output) {}

    private Program() {}

    /** Whether the command can be run and ends well. */
    static boolean works(Path folder, String... command) throws InterruptedException {
        try {
            return run(folder, command).status() == 0;
        } catch (IOException noSuchProgram) {
            return false;
        }
    }

    static Ended run(Path folder, String... command) throws IOException, InterruptedException {
        Path output = Files.createTempFile(folder, "output", ".txt");
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        if (!process.waitFor(SECONDS_MAX, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
        }
        return new Ended(process.exitValue(), Files.readString(output, StandardCharsets.UTF_8));
    }

    /** Puts a file of this package into the folder. */
    static void copy(String name, Path folder) throws IOException {
        try (InputStream in = Objects.requireNonNull(Program.class.getResourceAsStream(name), name)) {
            Path target = folder.resolve(name);
            Files.createDirectories(Objects.requireNonNull(target.getParent()));
            Files.copy(in, target);
        }
    }
}

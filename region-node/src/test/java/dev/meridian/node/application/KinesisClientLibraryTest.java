package dev.meridian.node.application;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.meridian.node.wire.WireTarget;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A worker of the Kinesis Client Library 3 that reads a stream through the DynamoDB Streams adapter. */
class KinesisClientLibraryTest {

    @TempDir
    private Path folder = Path.of("");

    @Test
    void runs() throws IOException, InterruptedException {
        assumeTrue(
                Boolean.getBoolean("kcl"),
                "skipped: it fetches a hundred libraries, and the worker takes two minutes to begin; -Dkcl=true runs it");
        Program.copy("kcl/pom.xml", folder);
        Program.copy("kcl/src/main/java/Application.java", folder);
        Path maven = Path.of("../mvnw").toAbsolutePath().normalize();
        Program.Ended ended = Program.run(
                folder,
                maven.toString(),
                "-q",
                "-B",
                "-f",
                "kcl/pom.xml",
                "compile",
                "exec:java",
                "-Dexec.args=" + WireTarget.uri() + " " + WireTarget.freshName());
        assertThat(ended.output()).contains("all done\n");
        assertThat(ended.status()).isZero();
    }
}

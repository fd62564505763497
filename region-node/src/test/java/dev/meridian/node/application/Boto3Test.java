package dev.meridian.node.application;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.meridian.node.wire.WireTarget;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The application of boto3, Python's SDK, Debian's or any other. */
class Boto3Test {

    @TempDir
    private Path folder = Path.of("");

    @Test
    void runs() throws IOException, InterruptedException {
        String python = Program.works(folder, "python3", "-c", "import boto3") ? "python3" : "/usr/bin/python3";
        assumeTrue(
                Program.works(folder, python, "-c", "import boto3"),
                "skipped: there is no boto3 for python3; .ci/run installs Debian's package python3-boto3");
        Program.copy("application.py", folder);
        Program.Ended ended =
                Program.run(folder, python, "application.py", WireTarget.uri().toString(), WireTarget.freshName());
        assertThat(ended.output()).endsWith("all done\n");
        assertThat(ended.status()).isZero();
    }
}

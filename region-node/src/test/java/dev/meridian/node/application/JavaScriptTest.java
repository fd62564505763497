package dev.meridian.node.application;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.meridian.node.wire.WireTarget;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The application of the JavaScript SDK v3, fetched from the npm registry as its lock file says. */
class JavaScriptTest {

    @TempDir
    private Path folder = Path.of("");

    @Test
    void runs() throws IOException, InterruptedException {
        assumeTrue(
                Program.works(folder, "node", "--version") && Program.works(folder, "npm", "--version"),
                "skipped: there is no Node with npm; .ci/run installs Debian's packages nodejs and npm");
        for (String file : new String[] {"package.json", "package-lock.json", "application.mjs"}) {
            Program.copy(file, folder);
        }
        Program.Ended fetched = Program.run(folder, "npm", "ci", "--no-audit", "--no-fund", "--ignore-scripts");
        assumeTrue(fetched.status() == 0, "skipped: npm cannot fetch the SDK: " + fetched.output());
        Program.Ended ended =
                Program.run(folder, "node", "application.mjs", WireTarget.uri().toString(), WireTarget.freshName());
        assertThat(ended.output()).endsWith("all done\n");
        assertThat(ended.status()).isZero();
    }
}

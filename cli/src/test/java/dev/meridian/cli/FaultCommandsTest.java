package dev.meridian.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.meridian.chaos.drill.DrillLibrary;
import dev.meridian.chaos.drill.DrillParser;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** Faults set by commands are listed while they last, and gone when they are undone. */
class FaultCommandsTest {

    private static String run(String... arguments) {
        PrintStream out = System.out;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
        try {
            assertThat(Meridian.run(arguments)).isZero();
        } finally {
            System.setOut(out);
        }
        return printed.toString(StandardCharsets.UTF_8);
    }

    @Test
    void whatIsBrokenIsListedAndCanBeUndone() throws IOException {
        try (DrillWorld world = DrillWorld.start(DrillParser.parse(DrillLibrary.starter("mine")))) {
            String url = world.url();
            run(
                    "door",
                    "break",
                    "--effect",
                    "throttle",
                    "--operation",
                    "PutItem",
                    "--probability",
                    "0.5",
                    "--url",
                    url);
            run("region", "disk", "eu-west-1", "--slow", "70ms", "--url", url);
            run("link", "set", "us-east-1", "eu-west-1", "--duplicate", "1%", "--flap", "2s", "--url", url);
            assertThat(run("status", "--url", url))
                    .contains("ProvisionedThroughputExceededException", "PutItem")
                    .contains("eu-west-1: DiskFault[slowMillis=70");
            assertThat(run("status", "-o", "json", "--url", url)).contains("\"flapMillis\":2000");
            run("door", "heal", "--url", url);
            run("region", "disk", "eu-west-1", "--url", url);
            assertThat(run("status", "--url", url)).doesNotContain("DiskFault", "ProvisionedThroughput");
            run("door", "break", "--effect", "hang", "--url", url);
            run("region", "drift", "eu-west-1", "200ppm", "--url", url);
            run("region", "jump", "us-east-1", "-90s", "--url", url);
            run("region", "slow-start", "eu-west-1", "5s", "--url", url);
            run("region", "squeeze", "eu-west-1", "2MB", "--for", "10m", "--url", url);
            run("region", "limit", "us-east-1", "--partition-writes", "20", "--url", url);
            run("region", "disk", "us-east-1", "--torn-write", "--url", url);
            assertThat(run("status", "--url", url))
                    .contains("eu-west-1: its clock gains, in a million, 200", "-90000 ms", "later, in ms, by 5000")
                    .contains("in bytes: 2097152", "partitionWriteUnits=20.0", "tornWrite=true");
            run("region", "mend", "us-east-1", "capacity", "--url", url);
            assertThat(run("status", "--url", url)).doesNotContain("partitionWriteUnits");
            run("heal", "--all", "--url", url);
            assertThat(run("status", "-o", "json", "--url", url)).contains("\"doorFaults\":[]", "\"flapMillis\":0");
            assertThat(run("status", "--url", url)).doesNotContain("in a million", "tornWrite", "in bytes", "later");
        }
    }

    @Test
    void aRegionIsDrainedAndTheDoorChoosesAnother() throws IOException {
        try (DrillWorld world = DrillWorld.start(DrillParser.parse(DrillLibrary.starter("mine")))) {
            String url = world.url();
            assertThat(run("region", "drain", "us-east-1", "--wait", "--url", url))
                    .contains("The others have everything of us-east-1.", "meridian region undrain us-east-1");
            assertThat(run("status", "--url", url)).containsPattern("us-east-1 +draining");
            assertThat(run("door", "route", "--front-door", "primary", "--ttl", "2s", "--url", url))
                    .containsPattern("policy +primary")
                    .containsPattern("ttlMillis +2000")
                    .contains("\"us-east-1\":\"draining\"");
            run("region", "undrain", "us-east-1", "--url", url);
            assertThat(run("door", "route", "--url", url)).contains("\"us-east-1\":\"live\"");
        }
    }
}

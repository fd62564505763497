package dev.meridian.chaos.story;

import static dev.meridian.chaos.story.Regions.AP;
import static dev.meridian.chaos.story.Regions.EU;
import static dev.meridian.chaos.story.Regions.US;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.meridian.chaos.fault.RegionFault;
import dev.meridian.chaos.world.World;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import software.amazon.awssdk.services.dynamodb.model.ThrottlingException;

/** Regions that start late, run out of capacity, have wrong clocks, or let nobody new in; and that healing undoes it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BentRegionStoryTest {

    private final Regions regions = Regions.inMemory();

    @BeforeAll
    void tables() {
        regions.createTable("cart");
    }

    @AfterEach
    void heal() {
        regions.control("POST", "heal", "{}");
        assertThat(regions.world().faults().faultyRegions()).isEmpty();
    }

    @AfterAll
    void stop() {
        regions.close();
    }

    @Test
    void aRegionStartsLateUntilThatIsUndone() {
        regions.control("PUT", "regions/eu-west-1/start", "{\"delayMillis\":600000}");
        regions.control("POST", "regions/eu-west-1:kill", "{}");
        regions.control("POST", "regions/eu-west-1:heal", "{}");
        assertThat(regions.world().state(EU)).as("it is ten minutes away").isEqualTo(World.State.KILLED);
        assertThat(regions.control("GET", "world", "")).contains("\"startDelayMillis\":600000");
        regions.control("POST", "heal", "{}");
        assertThat(regions.world().state(EU)).isEqualTo(World.State.LIVE);
        regions.put(EU, "cart", "1", "again");
        assertThat(regions.converge()).isTrue();
    }

    @Test
    void aRegionWithoutCapacityThrottlesItsWritersAndLosesNothing() {
        regions.control("PUT", "regions/eu-west-1/capacity", "{\"writeUnits\":2}");
        assertThatExceptionOfType(ThrottlingException.class).isThrownBy(() -> {
            for (int i = 0; i < 50; i++) {
                regions.put(EU, "cart", "here" + i, "x");
            }
        });
        for (int i = 0; i < 20; i++) {
            regions.put(US, "cart", "there" + i, "from Virginia");
        }
        assertThat(regions.control("GET", "world", "")).contains("writeUnits=2.0");
        regions.control("PUT", "regions/eu-west-1/capacity", "{}");
        regions.put(EU, "cart", "after", "x");
        assertThat(regions.converge()).isTrue();
        assertThat(regions.get(EU, "cart", "there19")).isEqualTo("from Virginia");
    }

    @Test
    void aHotKeyIsThrottledWhereOthersAreNot() {
        regions.control("PUT", "regions/us-east-1/capacity", "{\"partitionWriteUnits\":5}");
        assertThatExceptionOfType(ThrottlingException.class)
                .isThrownBy(() -> {
                    for (int i = 0; i < 60; i++) {
                        regions.put(US, "cart", "hot", "x" + i);
                    }
                })
                .withMessageContaining("Throughput exceeds the current capacity");
        int served = 0;
        for (int i = 0; i < 16; i++) {
            try {
                regions.put(US, "cart", "cold" + i, "x");
                served++;
            } catch (ThrottlingException hotToo) {
                // A cold key may lie in the hot one's partition.
            }
        }
        assertThat(served).isPositive();
    }

    @Test
    void aClockThatJumpsAndDriftsIsSeenAndPutRight() {
        regions.control("PUT", "regions/ap-southeast-2/clock", "{\"jumpMillis\":-60000}");
        regions.control("PUT", "regions/ap-southeast-2/clock", "{\"driftPerMillion\":500}");
        long off = regions.world()
                .faults()
                .region(AP)
                .clock()
                .offMillis(regions.world().wallMillis());
        assertThat(off).isBetween(-60_000L, -59_000L);
        assertThat(regions.control("GET", "world", "")).contains("\"clockDriftPerMillion\":500");
        regions.put(AP, "cart", "clock", "early");
        assertThat(regions.converge()).isTrue();
        assertThat(regions.get(US, "cart", "clock")).isEqualTo("early");
        regions.control("PUT", "regions/ap-southeast-2/clock", "{}");
        assertThat(regions.world().faults().region(AP)).isEqualTo(RegionFault.NONE);
    }

    @Test
    void connectionsThatThereWereLiveOnAndNewOnesFail() throws Exception {
        regions.put(US, "cart", "old", "x");
        regions.control("PATCH", "door/faults", "[{\"region\":\"us-east-1\",\"effect\":\"refuse-new\"}]");
        regions.put(US, "cart", "old", "y");
        HttpClient stranger = HttpClient.newHttpClient();
        HttpRequest list = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + regions.frontPort()))
                .header("Content-Type", "application/x-amz-json-1.0")
                .header("X-Amz-Target", "DynamoDB_20120810.ListTables")
                .POST(HttpRequest.BodyPublishers.ofString("{}"))
                .build();
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> stranger.send(list, HttpResponse.BodyHandlers.ofString()));
        assertThat(regions.get(EU, "cart", "none")).isEmpty();
        regions.control("DELETE", "door/faults", "");
        assertThat(stranger.send(list, HttpResponse.BodyHandlers.ofString()).body())
                .contains("cart");
    }

    @Test
    void memoryIsTakenAndGivenBackAndUnknownThingsAreRefused() {
        assertThat(regions.control("PUT", "regions/us-east-1/memory", "{\"takenBytes\":4194304}"))
                .contains("\"memoryTakenBytes\":4194304");
        assertThat(regions.control("PUT", "regions/us-east-1/memory", "{}")).doesNotContain("memoryTakenBytes");
        assertThat(regions.control("PUT", "regions/us-east-1/brain", "{}"))
                .contains("of a region, [capacity, clock, disk, memory, start] can be wrong, not brain");
        assertThat(regions.control("PUT", "regions/us-east-1/disk", "{\"slwo\":1}"))
                .contains("disk has [full, slowMillis, syncError, tornWrite], not slwo");
    }

    @Test
    void whatIsWrongForAWhileMendsItself() {
        regions.control("PUT", "regions/us-east-1/disk", "{\"slowMillis\":5,\"forMillis\":50}");
        long deadline = System.nanoTime() + 20_000_000_000L;
        while (!regions.world().faults().faultyRegions().isEmpty() && System.nanoTime() < deadline) {
            Thread.onSpinWait();
        }
        assertThat(regions.world().faults().faultyRegions()).isEmpty();
    }
}

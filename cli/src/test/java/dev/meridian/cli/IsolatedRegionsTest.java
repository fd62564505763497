package dev.meridian.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.meridian.chaos.world.World;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Two regions, a process each: one is killed with SIGKILL between writes, and frozen, and loses nothing. */
class IsolatedRegionsTest {

    private static final String US = "us-east-1";
    private static final String EU = "eu-west-1";

    @TempDir
    private Path data = Path.of("");

    private static void put(DynamoDbClient client, String id) {
        client.putItem(request -> request.tableName("cart").item(Map.of("id", AttributeValue.fromS(id))));
    }

    /** Until the region knows that the other's replica is ready. */
    private static void awaitReplica(DynamoDbClient client) {
        long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (client.describeTable(request -> request.tableName("cart")).table().replicas().stream()
                .noneMatch(replica -> replica.replicaStatusAsString().equals("ACTIVE"))) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("the replica is not ready in time");
            }
            Thread.onSpinWait();
        }
    }

    @Test
    void aRegionThatIsKilledAndFrozenLosesNothing() throws IOException, InterruptedException {
        try (ProcessRegions regions = new ProcessRegions(List.of(US, EU), data);
                DynamoDbClient us = regions.client(US);
                DynamoDbClient eu = regions.client(EU)) {
            CartTable.create(us);
            for (DynamoDbClient client : List.of(us, eu)) {
                client.waiter().waitUntilTableExists(request -> request.tableName("cart"));
                awaitReplica(client);
            }

            // 1: cut off, it takes writes that nobody else has, and dies at once after them.
            regions.control("links/us-east-1/eu-west-1:cut");
            for (int n = 0; n < 50; n++) {
                put(us, "us-" + n);
            }
            regions.control("regions/us-east-1:kill");
            assertThat(regions.world().state(US)).isEqualTo(World.State.KILLED);
            try {
                put(us, "late");
                throw new AssertionError("a killed region has answered");
            } catch (SdkClientException refused) {
                assertThat(regions.world().state(EU)).isEqualTo(World.State.LIVE);
            }
            put(eu, "eu-1");

            // 2: it comes back from its disk, the link is mended, and the other gets what was acknowledged.
            regions.control("heal");
            assertThat(regions.control("converge")).contains("\"converged\":true");
            for (DynamoDbClient client : List.of(us, eu)) {
                assertThat(client.scan(request -> request.tableName("cart")).count())
                        .isEqualTo(51);
            }

            // 3: frozen, it stands still; the other goes on; awake, it catches up.
            regions.control("regions/eu-west-1:pause");
            put(us, "while-frozen");
            regions.control("regions/eu-west-1:heal");
            assertThat(regions.control("converge")).contains("\"converged\":true");
            assertThat(eu.scan(request -> request.tableName("cart")).count()).isEqualTo(52);
        }
    }
}

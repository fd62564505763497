package dev.meridian.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;

/** Three regions, a process each: one is killed with SIGKILL while it writes; the others have all it acknowledged. */
class StrongIsolatedRegionsTest {

    private static final List<String> REGIONS = List.of("us-east-1", "eu-west-1", "ap-southeast-2");
    private static final int WRITES_BEFORE_KILL = 60;

    @TempDir
    private Path data = Path.of("");

    @Test
    void nothingAcknowledgedIsLostWithAKilledProcess() throws InterruptedException {
        try (ProcessRegions regions = new ProcessRegions(REGIONS, data, "--no-global-tables");
                DynamoDbClient us = regions.client(REGIONS.get(0));
                DynamoDbClient eu = regions.client(REGIONS.get(1))) {
            makeTable(us);
            await(() -> isWhole(eu));
            ConcurrentLinkedQueue<String> acknowledged = new ConcurrentLinkedQueue<>();
            Thread writer = new Thread(() -> writeUntilItFails(us, acknowledged), "writer");
            writer.start();
            await(() -> acknowledged.size() >= WRITES_BEFORE_KILL);
            regions.world().kill(REGIONS.get(0)).toCompletableFuture().join();
            writer.join();
            for (String id : acknowledged) {
                assertThat(eu.getItem(request -> request.tableName("orders")
                                        .key(Map.of("id", AttributeValue.fromS(id)))
                                        .consistentRead(true))
                                .hasItem())
                        .as(id)
                        .isTrue();
            }
            assertThat(eu.scan(request -> request.tableName("orders").consistentRead(true))
                            .count())
                    .isBetween(acknowledged.size(), acknowledged.size() + 1);
        }
    }

    private static void writeUntilItFails(DynamoDbClient client, ConcurrentLinkedQueue<String> acknowledged) {
        try {
            for (int n = 0; ; n++) {
                String id = "order-" + n;
                client.putItem(request -> request.tableName("orders").item(Map.of("id", AttributeValue.fromS(id))));
                acknowledged.add(id);
            }
        } catch (SdkException dead) {
            // The region is gone.
        }
    }

    private static void makeTable(DynamoDbClient us) {
        us.createTable(request -> request.tableName("orders")
                .billingMode("PAY_PER_REQUEST")
                .attributeDefinitions(one -> one.attributeName("id").attributeType("S"))
                .keySchema(one -> one.attributeName("id").keyType("HASH")));
        us.waiter().waitUntilTableExists(request -> request.tableName("orders"));
        us.updateTable(request -> request.tableName("orders")
                .multiRegionConsistency("STRONG")
                .replicaUpdates(
                        one -> one.create(create -> create.regionName(REGIONS.get(1))),
                        one -> one.create(create -> create.regionName(REGIONS.get(2)))));
        await(() -> isWhole(us));
    }

    private static boolean isWhole(DynamoDbClient client) {
        try {
            TableDescription table =
                    client.describeTable(request -> request.tableName("orders")).table();
            return table.tableStatusAsString().equals("ACTIVE")
                    && table.replicas().size() == 2
                    && table.replicas().stream()
                            .allMatch(replica -> replica.replicaStatusAsString().equals("ACTIVE"));
        } catch (ResourceNotFoundException notYet) {
            return false;
        }
    }

    private static void await(BooleanSupplier condition) {
        long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("in time").isLessThan(deadline);
            Thread.onSpinWait();
        }
    }
}

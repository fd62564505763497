package dev.meridian.chaos.story;

import static dev.meridian.chaos.story.Regions.AP;
import static dev.meridian.chaos.story.Regions.EU;
import static dev.meridian.chaos.story.Regions.US;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.MultiRegionConsistency;
import software.amazon.awssdk.services.dynamodb.model.ReplicationGroupUpdate;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;
import software.amazon.awssdk.services.dynamodb.model.UpdateTableRequest;

/** Makes and uses strongly consistent tables with the string key {@code id}. */
public final class StrongTable {

    private StrongTable() {}

    /** A table in one region. */
    public static void regional(Regions regions, String name, Consumer<CreateTableRequest.Builder> more) {
        regions.client(US).createTable(request -> {
            request.tableName(name)
                    .billingMode(BillingMode.PAY_PER_REQUEST)
                    .attributeDefinitions(AttributeDefinition.builder()
                            .attributeName("id")
                            .attributeType(ScalarAttributeType.S)
                            .build())
                    .keySchema(KeySchemaElement.builder()
                            .attributeName("id")
                            .keyType(KeyType.HASH)
                            .build());
            more.accept(request);
        });
        regions.client(US).waiter().waitUntilTableExists(request -> request.tableName(name));
    }

    /** A table with three replicas. */
    public static void replicated(Regions regions, String name) {
        regional(regions, name, request -> {});
        regions.client(US)
                .updateTable(strong(name).replicaUpdates(create(EU), create(AP)).build());
        awaitActive(regions, name, List.of(US, EU, AP));
    }

    /** A table with replicas in America and Europe, and a witness in Asia. */
    public static void witnessed(Regions regions, String name) {
        regional(regions, name, request -> {});
        regions.client(US)
                .updateTable(strong(name)
                        .replicaUpdates(create(EU))
                        .globalTableWitnessUpdates(update -> update.create(witness -> witness.regionName(AP)))
                        .build());
        awaitActive(regions, name, List.of(US, EU));
    }

    public static UpdateTableRequest.Builder strong(String name) {
        return UpdateTableRequest.builder().tableName(name).multiRegionConsistency(MultiRegionConsistency.STRONG);
    }

    public static ReplicationGroupUpdate create(String region) {
        return ReplicationGroupUpdate.builder()
                .create(replica -> replica.regionName(region))
                .build();
    }

    public static ReplicationGroupUpdate delete(String region) {
        return ReplicationGroupUpdate.builder()
                .delete(replica -> replica.regionName(region))
                .build();
    }

    private static void awaitActive(Regions regions, String name, List<String> replicas) {
        for (String region : replicas) {
            await(() -> isWhole(regions, region, name, replicas.size() - 1));
        }
    }

    private static boolean isWhole(Regions regions, String region, String name, int others) {
        try {
            TableDescription table = describe(regions, region, name);
            return table.tableStatusAsString().equals("ACTIVE")
                    && table.replicas().size() == others
                    && table.replicas().stream()
                            .allMatch(replica -> replica.replicaStatusAsString().equals("ACTIVE"))
                    && table.globalTableWitnesses().stream()
                            .allMatch(witness -> witness.witnessStatusAsString().equals("ACTIVE"));
        } catch (ResourceNotFoundException notYet) {
            return false;
        }
    }

    public static TableDescription describe(Regions regions, String region, String name) {
        return regions.client(region)
                .describeTable(request -> request.tableName(name))
                .table();
    }

    /** The value of an item, the latest anywhere; empty where there is none. */
    public static String read(Regions regions, String region, String table, String id) {
        AttributeValue value = regions.client(region)
                .getItem(request -> request.tableName(table)
                        .key(Map.of("id", AttributeValue.fromS(id)))
                        .consistentRead(true))
                .item()
                .get("v");
        return value == null ? "" : value.s();
    }

    public static void await(BooleanSupplier condition) {
        long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("in time").isLessThan(deadline);
            Thread.onSpinWait();
        }
    }

    /** Cuts a region off from all others. */
    public static void cutOff(Regions regions, String region) {
        for (String other : List.of(US, EU, AP)) {
            if (!other.equals(region)) {
                regions.control("POST", "links/" + other + "/" + region + ":cut", "{}");
                regions.control("POST", "links/" + region + "/" + other + ":cut", "{}");
            }
        }
    }
}

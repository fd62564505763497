package dev.meridian.chaos.conformance;

import static dev.meridian.chaos.conformance.GlobalTarget.AWAY;
import static dev.meridian.chaos.conformance.GlobalTarget.HOME;
import static dev.meridian.chaos.conformance.GlobalTarget.refuses;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.ProvisionedThroughput;
import software.amazon.awssdk.services.dynamodb.model.ReplicationGroupUpdate;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.StreamSpecification;
import software.amazon.awssdk.services.dynamodb.model.StreamViewType;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;

/** Creating, adding and removing replicas; what DescribeTable says of them. */
class ReplicaRulesTest {

    private static GlobalTarget target;

    @BeforeAll
    static void start() {
        target = GlobalTarget.any();
    }

    @AfterAll
    static void stop() throws Exception {
        target.close();
    }

    @Test
    @Rule(1)
    void anyMemberAddsAndRemovesReplicas() {
        String name = target.globalTable();
        assertThat(target.describe(AWAY, name).keySchema())
                .isEqualTo(target.describe(HOME, name).keySchema());
        update(AWAY, name, delete(HOME));
        target.await(() -> target.status(HOME, name).isEmpty());
        target.await(() -> target.describe(AWAY, name).replicas().isEmpty());
        assertThat(target.status(AWAY, name)).isEqualTo("ACTIVE");
    }

    @Test
    @Rule(2)
    void oneActionACall() {
        String name = target.table();
        refuses(
                "ValidationException",
                "Update table operation with more than one create or delete replica actions not allowed",
                () -> update(HOME, name, create(AWAY), create("ap-southeast-2")));
        refuses(
                "ValidationException",
                "Update table operation with more than one type of replica actions not allowed.",
                () -> update(HOME, name, create(AWAY), delete("ap-southeast-2")));
        update(HOME, name, create(AWAY), create(AWAY));
        target.awaitReplica(name);
    }

    @Test
    @Rule(3)
    void replicasAreTheOnlyChangeInACall() {
        String name = target.table();
        refuses(
                "ValidationException",
                "",
                () -> target.home()
                        .updateTable(request -> request.tableName(name)
                                .replicaUpdates(create(AWAY))
                                .deletionProtectionEnabled(true)));
        assertThat(target.replicas(HOME, name)).isEmpty();
        assertThat(target.describe(HOME, name).deletionProtectionEnabled()).isFalse();
    }

    @Test
    @Rule(5)
    void theLocalRegionIsNoReplica() {
        String name = target.globalTable();
        String text = "Cannot add or delete the local region through ReplicaUpdates. Use CreateTable, "
                + "DeleteTable, or UpdateTable as required.";
        refuses("ValidationException", text, () -> update(HOME, name, create(HOME)));
        refuses("ValidationException", text, () -> update(HOME, name, delete(HOME)));
    }

    @Test
    @Rule(6)
    void aTableThatIsThereIsNeverAdopted() {
        String member = target.globalTable();
        refuses("ValidationException", taken(member), () -> update(HOME, member, create(AWAY)));

        String foreign = target.table();
        target.create(AWAY, foreign, request -> {});
        target.put(AWAY, foreign, "mine", "1");
        refuses("ValidationException", taken(foreign), () -> update(HOME, foreign, create(AWAY)));
        assertThat(target.get(AWAY, foreign, "mine")).isEqualTo("1");
    }

    private static String taken(String name) {
        return "Failed to create a the new replica of table with name: ‘" + name
                + "’ because one or more replicas already existed as tables.";
    }

    @Test
    @Rule(7)
    void whatIsNoReplicaCannotBeRemoved() {
        String name = target.table();
        refuses(
                "ValidationException",
                "Update global table operation failed because one or more replicas were not part of the global table. "
                        + "Please retry the request without these replicas: [" + AWAY + "].",
                () -> update(HOME, name, delete(AWAY)));
    }

    @Test
    @Rule(8)
    void unknownRegionsAndEmptyActionsAreRefused() {
        String name = target.table();
        refuses(
                "ValidationException",
                "Region mars-north-1 is not supported. The latest version of global tables are only supported in the "
                        + "following regions: [",
                () -> update(HOME, name, create("mars-north-1")));
        refuses("AccessDeniedException", "", () -> update(HOME, name, create("")));
        refuses(
                "ValidationException",
                "There are no actions specified in the Replica Update Action of the request.",
                () -> target.home()
                        .updateTable(request -> request.tableName(name)
                                .replicaUpdates(update -> update.update(region -> region.regionName(AWAY)))));
    }

    @Test
    @Rule(9)
    void aProvisionedTableMustBeAutoScaled() {
        String name = target.table(request -> request.billingMode(BillingMode.PROVISIONED)
                .provisionedThroughput(ProvisionedThroughput.builder()
                        .readCapacityUnits(1L)
                        .writeCapacityUnits(1L)
                        .build()));
        refuses(
                "ValidationException",
                "Table write capacity should either be Pay-Per-Request or AutoScaled.",
                () -> update(HOME, name, create(AWAY)));
    }

    @Test
    @Rule(10)
    void aStreamIsTurnedOnOrKeptAsItIs() {
        String without = target.globalTable();
        assertThat(target.describe(HOME, without).streamSpecification().streamViewType())
                .isEqualTo(StreamViewType.NEW_AND_OLD_IMAGES);
        assertThat(target.describe(HOME, without).latestStreamArn()).isNotEmpty();

        String with = target.table(request -> request.streamSpecification(StreamSpecification.builder()
                .streamEnabled(true)
                .streamViewType(StreamViewType.KEYS_ONLY)
                .build()));
        target.addReplica(with);
        assertThat(target.describe(AWAY, with).streamSpecification().streamViewType())
                .isEqualTo(StreamViewType.KEYS_ONLY);
    }

    @Test
    @Rule(11)
    void theStreamOfAReplicaCannotBeTurnedOff() {
        String name = target.globalTable();
        refuses(
                "ValidationException",
                "Disabling Stream is not allowed for a Global Table replica.",
                () -> target.home()
                        .updateTable(request ->
                                request.tableName(name).streamSpecification(stream -> stream.streamEnabled(false))));
        refuses(
                "ValidationException",
                "already has an enabled stream",
                () -> target.away()
                        .updateTable(request -> request.tableName(name)
                                .streamSpecification(stream ->
                                        stream.streamEnabled(true).streamViewType(StreamViewType.NEW_AND_OLD_IMAGES))));
    }

    @Test
    @Rule({12, 32})
    void aTableWithItemsGetsAReplicaWithAllOfThemWhileWritesGoOn() {
        String name = target.table();
        for (int i = 0; i < 50; i++) {
            target.put(HOME, name, "before-" + i, "x");
        }
        TableDescription answer = target.home()
                .updateTable(request -> request.tableName(name).replicaUpdates(create(AWAY)))
                .tableDescription();
        assertThat(answer.tableStatusAsString()).isEqualTo("UPDATING");
        assertThat(answer.hasReplicas()).isTrue();
        assertThat(answer.replicas()).isEmpty();
        for (int i = 0; i < 50; i++) {
            target.put(HOME, name, "during-" + i, "x");
        }
        target.awaitReplica(name);
        for (int i = 0; i < 50; i++) {
            String id = "before-" + i;
            assertThat(target.get(AWAY, name, id)).as(id).isEqualTo("x");
        }
        for (int i = 0; i < 50; i++) {
            String id = "during-" + i;
            target.await(() -> target.get(AWAY, name, id).equals("x"));
        }
    }

    @Test
    @Rule({14, 17})
    void removingAReplicaRemovesItsTableAndTheLastOneLeavesARegionalTable() {
        String name = target.globalTable();
        update(HOME, name, delete(AWAY));
        target.await(() -> target.status(AWAY, name).isEmpty());
        target.await(() -> !target.describe(HOME, name).hasReplicas());
        assertThat(target.describe(HOME, name).globalTableVersion()).isNull();
        assertThat(target.describe(HOME, name).streamSpecification().streamEnabled())
                .as("the stream stays on")
                .isTrue();
        target.addReplica(name);
    }

    @Test
    @Rule(15)
    void deletingAReplicasTableRemovesTheReplica() {
        String name = target.globalTable();
        target.away().deleteTable(request -> request.tableName(name));
        target.await(() -> target.status(AWAY, name).isEmpty());
        target.await(() -> !target.describe(HOME, name).hasReplicas());
    }

    @Test
    @Rule(20)
    void aRegionalTableHasNoGlobalMembers() {
        TableDescription table = target.describe(HOME, target.table());
        assertThat(table.hasReplicas()).isFalse();
        assertThat(table.globalTableVersion()).isNull();
        assertThat(table.multiRegionConsistency()).isNull();
        assertThat(table.hasGlobalTableWitnesses()).isFalse();
    }

    @Test
    @Rule({21, 22, 23})
    void aGlobalTableNamesItsVersionAndTheOtherRegions() {
        String name = target.globalTable();
        for (String region : new String[] {HOME, AWAY}) {
            TableDescription table = target.describe(region, name);
            assertThat(table.globalTableVersion()).isEqualTo("2019.11.21");
            assertThat(table.multiRegionConsistency()).isNull();
            assertThat(target.replicas(region, name)).isEqualTo(Map.of(region.equals(HOME) ? AWAY : HOME, "ACTIVE"));
        }
    }

    @Test
    @Rule(24)
    void identifiersAreEachRegionsOwn() {
        String name = target.globalTable();
        TableDescription home = target.describe(HOME, name);
        TableDescription away = target.describe(AWAY, name);
        assertThat(away.tableId()).isNotEqualTo(home.tableId());
        assertThat(away.tableArn()).isNotEqualTo(home.tableArn()).contains(AWAY);
        assertThat(away.latestStreamArn()).isNotEqualTo(home.latestStreamArn());
        assertThat(away.globalTableVersion()).isEqualTo(home.globalTableVersion());
        assertThat(away.streamSpecification()).isEqualTo(home.streamSpecification());
    }

    @Test
    @Rule({41, 44})
    void anIndexAddedAnywhereIsAddedEverywhere() {
        String name = target.globalTable();
        target.put(HOME, name, "1", "red");
        target.await(() -> target.get(AWAY, name, "1").equals("red"));
        target.away()
                .updateTable(request -> request.tableName(name)
                        .attributeDefinitions(
                                attribute -> attribute.attributeName("id").attributeType("S"),
                                attribute -> attribute.attributeName("v").attributeType("S"))
                        .globalSecondaryIndexUpdates(update -> update.create(index -> index.indexName("by-v")
                                .keySchema(key -> key.attributeName("v").keyType("HASH"))
                                .projection(projection -> projection.projectionType("ALL")))));
        for (String region : new String[] {HOME, AWAY}) {
            target.await(() -> target.describe(region, name).globalSecondaryIndexes().stream()
                    .anyMatch(index -> index.indexStatusAsString().equals("ACTIVE")));
            assertThat(target.in(region)
                            .query(request -> request.tableName(name)
                                    .indexName("by-v")
                                    .keyConditionExpression("v = :v")
                                    .expressionAttributeValues(Map.of(":v", AttributeValue.fromS("red"))))
                            .count())
                    .as(region)
                    .isEqualTo(1);
        }
    }

    @Test
    @Rule(43)
    void deletionProtectionStaysInItsRegion() {
        String name = target.globalTable();
        target.home().updateTable(request -> request.tableName(name).deletionProtectionEnabled(true));
        target.await(() -> target.describe(HOME, name).deletionProtectionEnabled());
        target.put(HOME, name, "after", "1");
        target.await(() -> target.get(AWAY, name, "after").equals("1"));
        assertThat(target.describe(AWAY, name).deletionProtectionEnabled()).isFalse();
        refuses(
                "ValidationException",
                "Resource cannot be deleted as it is currently protected against deletion. Disable deletion protection "
                        + "first.",
                () -> target.home().deleteTable(request -> request.tableName(name)));
    }

    @Test
    @Rule(64)
    void theLegacyVersionIsRefused() {
        String name = target.globalTable();
        refuses(
                "ValidationException",
                "One or more parameter values were invalid: DynamoDB global tables version 2017.11.29 is not supported. We "
                        + "recommend using DynamoDB global tables version 2019.11.21, instead of version 2017.11.29 "
                        + "(Legacy).",
                () -> target.home()
                        .createGlobalTable(request -> request.globalTableName(name)
                                .replicationGroup(
                                        replica -> replica.regionName(HOME), replica -> replica.regionName(AWAY))));
        refuses(
                "GlobalTableNotFoundException",
                "Global table not found: Global table with name: '" + name + "' does not exist.",
                () -> target.home().describeGlobalTable(request -> request.globalTableName(name)));
        refuses(
                "GlobalTableNotFoundException",
                "",
                () -> target.home().describeGlobalTableSettings(request -> request.globalTableName(name)));
        assertThat(target.home().listGlobalTables().globalTables()).isEmpty();
    }

    @Test
    @Rule(13)
    void aTableThatIsNotThereIsNotFound() {
        String name = target.table();
        org.assertj.core.api.Assertions.assertThatExceptionOfType(ResourceNotFoundException.class)
                .isThrownBy(() -> target.put(AWAY, name, "1", "1"));
    }

    private static void update(String region, String name, ReplicationGroupUpdate... updates) {
        target.in(region).updateTable(request -> request.tableName(name).replicaUpdates(updates));
    }

    private static ReplicationGroupUpdate create(String region) {
        return ReplicationGroupUpdate.builder()
                .create(replica -> replica.regionName(region))
                .build();
    }

    private static ReplicationGroupUpdate delete(String region) {
        return ReplicationGroupUpdate.builder()
                .delete(replica -> replica.regionName(region))
                .build();
    }
}

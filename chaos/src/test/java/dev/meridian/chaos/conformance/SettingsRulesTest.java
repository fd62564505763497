package dev.meridian.chaos.conformance;

import static dev.meridian.chaos.conformance.GlobalTarget.AWAY;
import static dev.meridian.chaos.conformance.GlobalTarget.HOME;
import static dev.meridian.chaos.conformance.GlobalTarget.refuses;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.ReplicaDescription;
import software.amazon.awssdk.services.dynamodb.model.TableClass;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;
import software.amazon.awssdk.services.dynamodb.model.TimeToLiveStatus;
import software.amazon.awssdk.services.dynamodb.model.UpdateReplicationGroupMemberAction;
import software.amazon.awssdk.services.dynamodb.model.UpdateTableRequest;

/** What replicas share, what may differ from one to another, and what is each one's own. */
class SettingsRulesTest {

    private static GlobalTarget target;

    @BeforeAll
    static void start() {
        target = GlobalTarget.any();
    }

    @AfterAll
    static void stop() throws Exception {
        target.close();
    }

    private static void update(GlobalTarget at, String region, String name, Consumer<UpdateTableRequest.Builder> more) {
        at.await(() -> at.status(region, name).equals("ACTIVE"));
        at.in(region).updateTable(request -> more.accept(request.tableName(name)));
    }

    private static void setApart(
            GlobalTarget at, String name, Consumer<UpdateReplicationGroupMemberAction.Builder> overrides) {
        update(
                at,
                HOME,
                name,
                request -> request.replicaUpdates(
                        change -> change.update(replica -> overrides.accept(replica.regionName(AWAY)))));
    }

    private static ReplicaDescription replica(GlobalTarget at, String name) {
        return at.describe(HOME, name).replicas().get(0);
    }

    private static Consumer<CreateTableRequest.Builder> withIndex(BillingMode mode) {
        return request -> {
            request.billingMode(mode)
                    .attributeDefinitions(
                            attribute -> attribute.attributeName("id").attributeType("S"),
                            attribute -> attribute.attributeName("v").attributeType("S"))
                    .globalSecondaryIndexes(index -> {
                        index.indexName("by-v")
                                .keySchema(key -> key.attributeName("v").keyType("HASH"))
                                .projection(projection -> projection.projectionType("ALL"));
                        if (mode == BillingMode.PROVISIONED) {
                            index.provisionedThroughput(
                                    units -> units.readCapacityUnits(80L).writeCapacityUnits(7L));
                        }
                    });
            if (mode == BillingMode.PROVISIONED) {
                request.provisionedThroughput(
                        units -> units.readCapacityUnits(200L).writeCapacityUnits(20L));
            }
        };
    }

    @Test
    @Rule(41)
    void whatIsAlwaysSyncedArrivesEverywhere() {
        String name = target.globalTable();
        update(target, AWAY, name, request -> request.onDemandThroughput(maximum -> maximum.maxWriteRequestUnits(40L)));
        target.await(() -> target.describe(HOME, name).onDemandThroughput() != null);
        assertThat(target.describe(HOME, name).onDemandThroughput().maxWriteRequestUnits())
                .isEqualTo(40);
        target.home()
                .updateTimeToLive(request -> request.tableName(name)
                        .timeToLiveSpecification(ttl -> ttl.enabled(true).attributeName("expires")));
        target.await(() -> target.away()
                .describeTimeToLive(request -> request.tableName(name))
                .timeToLiveDescription()
                .timeToLiveStatus()
                .equals(TimeToLiveStatus.ENABLED));
        update(
                target,
                HOME,
                name,
                request -> request.billingMode(BillingMode.PROVISIONED)
                        .provisionedThroughput(
                                units -> units.readCapacityUnits(3L).writeCapacityUnits(2L)));
        target.await(() -> target.describe(AWAY, name).billingModeSummary() == null);
        assertThat(target.describe(AWAY, name).provisionedThroughput().readCapacityUnits())
                .isEqualTo(3);
    }

    @Test
    @Rule({21, 42})
    void oneReplicaHasItsOwnClassAndReads() {
        String name = target.table(withIndex(BillingMode.PAY_PER_REQUEST));
        target.addReplica(name);
        assertThat(replica(target, name).warmThroughput().readUnitsPerSecond()).isPositive();
        assertThat(replica(target, name).replicaTableClassSummary()).isNull();
        setApart(
                target,
                name,
                replica -> replica.tableClassOverride(TableClass.STANDARD_INFREQUENT_ACCESS)
                        .onDemandThroughputOverride(reads -> reads.maxReadRequestUnits(30L))
                        .globalSecondaryIndexes(index -> index.indexName("by-v")
                                .onDemandThroughputOverride(reads -> reads.maxReadRequestUnits(10L))));

        ReplicaDescription shown = replica(target, name);
        assertThat(shown.replicaTableClassSummary().tableClass()).isEqualTo(TableClass.STANDARD_INFREQUENT_ACCESS);
        assertThat(shown.onDemandThroughputOverride().maxReadRequestUnits()).isEqualTo(30);
        assertThat(shown.globalSecondaryIndexes().get(0).indexName()).isEqualTo("by-v");
        assertThat(shown.globalSecondaryIndexes()
                        .get(0)
                        .onDemandThroughputOverride()
                        .maxReadRequestUnits())
                .isEqualTo(10);
        target.await(() -> target.describe(AWAY, name).tableClassSummary() != null);
        TableDescription there = target.describe(AWAY, name);
        assertThat(there.onDemandThroughput().maxReadRequestUnits()).isEqualTo(30);
        assertThat(there.replicas().get(0).replicaTableClassSummary()).isNull();
        TableDescription here = target.describe(HOME, name);
        assertThat(here.tableClassSummary()).isNull();
        assertThat(here.onDemandThroughput()).isNull();
    }

    @Test
    @Rule(42)
    void aValueChangedAnywhereIsChangedEverywhere() throws Exception {
        try (GlobalTarget scaled = GlobalTarget.meridian("provisioned-replicas = true")) {
            String name = scaled.table(withIndex(BillingMode.PROVISIONED));
            scaled.addReplica(name);
            setApart(
                    scaled,
                    name,
                    replica -> replica.provisionedThroughputOverride(reads -> reads.readCapacityUnits(100L))
                            .globalSecondaryIndexes(index -> index.indexName("by-v")
                                    .provisionedThroughputOverride(reads -> reads.readCapacityUnits(50L))));
            scaled.await(() -> readUnits(scaled, AWAY, name) == 100);
            assertThat(readUnits(scaled, HOME, name)).isEqualTo(200);
            assertThat(scaled.describe(AWAY, name)
                            .globalSecondaryIndexes()
                            .get(0)
                            .provisionedThroughput()
                            .readCapacityUnits())
                    .isEqualTo(50);

            update(
                    scaled,
                    HOME,
                    name,
                    request -> request.provisionedThroughput(
                            units -> units.readCapacityUnits(300L).writeCapacityUnits(20L)));
            scaled.await(() -> readUnits(scaled, AWAY, name) == 300);
            assertThat(replica(scaled, name).provisionedThroughputOverride()).isNull();
            assertThat(replica(scaled, name).globalSecondaryIndexes()).hasSize(1);
        }
    }

    private static long readUnits(GlobalTarget at, String region, String name) {
        return at.describe(region, name).provisionedThroughput().readCapacityUnits();
    }

    @Test
    @Rule(42)
    void aBoundThatIsTakenAwayInOneReplicaIsShownAsTheServiceKeepsIt() {
        String name = target.globalTable();
        setApart(target, name, replica -> replica.onDemandThroughputOverride(reads -> reads.maxReadRequestUnits(-1L)));
        assertThat(replica(target, name).onDemandThroughputOverride().maxReadRequestUnits())
                .isEqualTo(-1);
        assertThat(target.describe(AWAY, name).onDemandThroughput()).isNull();
    }

    @Test
    @Rule(42)
    void aReplicaCanBeMadeWithOverrides() {
        String name = target.table();
        update(
                target,
                HOME,
                name,
                request -> request.replicaUpdates(change -> change.create(replica ->
                        replica.regionName(AWAY).tableClassOverride(TableClass.STANDARD_INFREQUENT_ACCESS))));
        target.awaitReplica(name);
        assertThat(target.describe(AWAY, name).tableClassSummary().tableClass())
                .isEqualTo(TableClass.STANDARD_INFREQUENT_ACCESS);
        assertThat(target.describe(HOME, name).tableClassSummary()).isNull();
    }

    @Test
    @Rule(42)
    void overridesThatCannotBeAreRefused() {
        String name = target.globalTable();
        refuses(
                "ValidationException",
                "ProvisionedThroughputOverride cannot be specified when BillingMode is PAY_PER_REQUEST",
                () -> setApart(
                        target,
                        name,
                        replica -> replica.provisionedThroughputOverride(reads -> reads.readCapacityUnits(5L))));
        refuses(
                "ResourceNotFoundException",
                "",
                () -> setApart(
                        target,
                        name,
                        replica -> replica.globalSecondaryIndexes(index -> index.indexName("by-nothing")
                                .onDemandThroughputOverride(reads -> reads.maxReadRequestUnits(5L)))));
        String alone = target.table();
        refuses(
                "ValidationException",
                "Please retry the request without these replicas: [" + AWAY + "].",
                () -> setApart(
                        target, alone, replica -> replica.tableClassOverride(TableClass.STANDARD_INFREQUENT_ACCESS)));
        assertThat(replica(target, name).onDemandThroughputOverride()).isNull();
    }

    @Test
    @Rule(43)
    void tagsPoliciesAndInsightsStayInTheirRegion() {
        String name = target.globalTable();
        TableDescription home = target.describe(HOME, name);
        target.home()
                .tagResource(request -> request.resourceArn(home.tableArn())
                        .tags(tag -> tag.key("team").value("orders")));
        target.home()
                .updateContributorInsights(request -> request.tableName(name).contributorInsightsAction("ENABLE"));
        target.put(HOME, name, "after", "1");
        target.await(() -> target.get(AWAY, name, "after").equals("1"));
        String arn = target.describe(AWAY, name).tableArn();
        assertThat(target.away()
                        .listTagsOfResource(request -> request.resourceArn(arn))
                        .tags())
                .isEmpty();
        assertThat(target.away()
                        .describeContributorInsights(request -> request.tableName(name))
                        .contributorInsightsStatusAsString())
                .isEqualTo("DISABLED");
        refuses(
                "PolicyNotFoundException",
                "",
                () -> target.away().getResourcePolicy(request -> request.resourceArn(arn)));
    }
}

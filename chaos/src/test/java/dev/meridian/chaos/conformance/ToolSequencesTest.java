package dev.meridian.chaos.conformance;

import static dev.meridian.chaos.story.Regions.AP;
import static dev.meridian.chaos.story.Regions.EU;
import static dev.meridian.chaos.story.Regions.US;
import static dev.meridian.chaos.story.StrongTable.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.meridian.chaos.story.Regions;
import dev.meridian.node.settings.ServiceSettings;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.ContributorInsightsAction;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.PointInTimeRecoveryStatus;
import software.amazon.awssdk.services.dynamodb.model.ReplicaDescription;
import software.amazon.awssdk.services.dynamodb.model.ReplicaStatus;
import software.amazon.awssdk.services.dynamodb.model.ResourceInUseException;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.dynamodb.model.StreamViewType;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;
import software.amazon.awssdk.services.dynamodb.model.TableStatus;
import software.amazon.awssdk.services.dynamodb.model.Tag;
import software.amazon.awssdk.services.dynamodb.model.TimeToLiveStatus;

/**
 * The calls that tools make for a global table, in their order and with their waits: Terraform's {@code aws_dynamodb_table} with
 * replicas, the custom resource of CDK's {@code Table} with {@code replicationRegions}, and CloudFormation's
 * {@code AWS::DynamoDB::GlobalTable} by the calls its permissions are for. Changes take a two-hundredth of the service's time, so that
 * each wait has something to wait for.
 */
class ToolSequencesTest {

    private static final List<String> REPLICAS = List.of(EU, AP);

    private static Regions regions;

    @BeforeAll
    static void start() {
        regions = Regions.withService(ServiceSettings.of("control-plane-time = 0.005"));
    }

    @AfterAll
    static void stop() {
        regions.close();
    }

    @Test
    void terraformCreatesReadsChangesAndDestroysATableWithReplicas() {
        DynamoDbClient home = regions.client(US);
        String name = "terraform";
        create(name);
        waitForTable(name);
        home.updateTimeToLive(request -> request.tableName(name)
                .timeToLiveSpecification(ttl -> ttl.attributeName("expires").enabled(true)));
        await(() -> home.describeTimeToLive(request -> request.tableName(name))
                        .timeToLiveDescription()
                        .timeToLiveStatus()
                == TimeToLiveStatus.ENABLED);
        for (String region : REPLICAS) {
            untilFree(() -> addReplica(name, region));
            await(() -> replica(name, region).equals(Optional.of(ReplicaStatus.ACTIVE)));
            leaveRecoveryOff(name, region);
        }
        for (String region : REPLICAS) {
            String arn = describe(region, name).tableArn();
            regions.client(region)
                    .tagResource(request -> request.resourceArn(arn)
                            .tags(Tag.builder().key("team").value("orders").build()));
        }

        // Read: what a plan after this compares. Nothing may differ from what was asked for.
        TableDescription table = describe(US, name);
        assertThat(table.streamSpecification().streamViewType()).isEqualTo(StreamViewType.NEW_AND_OLD_IMAGES);
        assertThat(table.latestStreamArn()).isNotEmpty();
        assertThat(table.billingModeSummary().billingMode()).isEqualTo(BillingMode.PAY_PER_REQUEST);
        assertThat(table.replicas()).extracting(ReplicaDescription::regionName).containsExactlyInAnyOrder(EU, AP);
        for (String region : List.of(US, EU, AP)) {
            assertThat(recovery(name, region)).isEqualTo(PointInTimeRecoveryStatus.DISABLED);
            TableDescription here = describe(region, name);
            assertThat(here.tableArn()).isEqualTo(table.tableArn().replace(US, region));
            assertThat(tags(region, here.tableArn())).hasSize(1);
            assertThat(regions.client(region)
                            .describeTimeToLive(request -> request.tableName(name))
                            .timeToLiveDescription()
                            .attributeName())
                    .isEqualTo("expires");
        }

        // A change of one replica alone, and of the table.
        regions.client(EU).updateTable(request -> request.tableName(name).deletionProtectionEnabled(true));
        await(() -> describe(EU, name).tableStatus() == TableStatus.ACTIVE);
        regions.client(EU).updateTable(request -> request.tableName(name).deletionProtectionEnabled(false));
        await(() -> describe(EU, name).tableStatus() == TableStatus.ACTIVE);

        // Destroy: replicas at once, each call made again while the table is changing.
        for (String region : REPLICAS) {
            untilFree(() -> removeReplica(name, region));
        }
        for (String region : REPLICAS) {
            await(() -> replica(name, region).isEmpty());
        }
        delete(name);
    }

    @Test
    void cdksCustomResourceAddsAndRemovesReplicasOneAfterTheOther() {
        String name = "cdk";
        createOneReplicaAfterTheOther(name);
        // An update of the resource that changes nothing looks first, and finds the replica there.
        assertThat(replica(name, EU)).isPresent();
        for (String region : REPLICAS) {
            removeReplica(name, region);
            await(() -> isComplete(name, region, false));
        }
        delete(name);
    }

    private static void createOneReplicaAfterTheOther(String name) {
        create(name);
        waitForTable(name);
        for (String region : REPLICAS) {
            addReplica(name, region);
            await(() -> isComplete(name, region, true));
        }
    }

    /** As the resource's handler judges it. */
    private static boolean isComplete(String name, String region, boolean isThere) {
        boolean isActive = describe(US, name).tableStatus() == TableStatus.ACTIVE;
        Optional<ReplicaStatus> status = replica(name, region);
        return isActive && (isThere ? status.equals(Optional.of(ReplicaStatus.ACTIVE)) : status.isEmpty());
    }

    @Test
    void cloudFormationMakesAGlobalTableAndTakesItApart() {
        String name = "cloudformation";
        createOneReplicaAfterTheOther(name);
        regions.client(US)
                .updateTimeToLive(request -> request.tableName(name)
                        .timeToLiveSpecification(
                                ttl -> ttl.attributeName("expires").enabled(true)));
        for (String region : List.of(US, EU, AP)) {
            DynamoDbClient client = regions.client(region);
            String arn = describe(region, name).tableArn();
            client.tagResource(request -> request.resourceArn(arn)
                    .tags(Tag.builder().key("stack").value("s").build()));
            client.updateContributorInsights(
                    request -> request.tableName(name).contributorInsightsAction(ContributorInsightsAction.ENABLE));
            leaveRecoveryOff(name, region);

            // Read, in every region.
            assertThat(client.describeContributorInsights(request -> request.tableName(name))
                            .contributorInsightsStatusAsString())
                    .isEqualTo("ENABLED");
            assertThat(client.describeKinesisStreamingDestination(request -> request.tableName(name))
                            .kinesisDataStreamDestinations())
                    .isEmpty();
            assertThat(tags(region, arn)).extracting(Tag::key).contains("stack");
        }
        for (String region : REPLICAS) {
            untilFree(() -> removeReplica(name, region));
            await(() -> isComplete(name, region, false));
        }
        delete(name);
    }

    private static void create(String name) {
        regions.client(US)
                .createTable(request -> request.tableName(name)
                        .billingMode(BillingMode.PAY_PER_REQUEST)
                        .attributeDefinitions(
                                attribute -> attribute.attributeName("id").attributeType(ScalarAttributeType.S))
                        .keySchema(key -> key.attributeName("id").keyType(KeyType.HASH))
                        .streamSpecification(
                                stream -> stream.streamEnabled(true).streamViewType(StreamViewType.NEW_AND_OLD_IMAGES))
                        .tags(Tag.builder().key("made-by").value("a tool").build()));
    }

    private static void waitForTable(String name) {
        await(() -> describe(US, name).tableStatus() == TableStatus.ACTIVE);
        assertThat(describe(US, name).warmThroughput().statusAsString()).isEqualTo("ACTIVE");
    }

    private static void addReplica(String name, String region) {
        regions.client(US)
                .updateTable(request -> request.tableName(name)
                        .replicaUpdates(update -> update.create(replica -> replica.regionName(region))));
    }

    private static void removeReplica(String name, String region) {
        regions.client(US)
                .updateTable(request -> request.tableName(name)
                        .replicaUpdates(update -> update.delete(replica -> replica.regionName(region))));
    }

    private static void leaveRecoveryOff(String name, String region) {
        regions.client(region)
                .updateContinuousBackups(request -> request.tableName(name)
                        .pointInTimeRecoverySpecification(pitr -> pitr.pointInTimeRecoveryEnabled(false)));
        assertThat(recovery(name, region)).isEqualTo(PointInTimeRecoveryStatus.DISABLED);
    }

    private static PointInTimeRecoveryStatus recovery(String name, String region) {
        return regions.client(region)
                .describeContinuousBackups(request -> request.tableName(name))
                .continuousBackupsDescription()
                .pointInTimeRecoveryDescription()
                .pointInTimeRecoveryStatus();
    }

    private static void delete(String name) {
        untilFree(() -> regions.client(US).deleteTable(request -> request.tableName(name)));
        await(() -> {
            try {
                describe(US, name);
                return false;
            } catch (ResourceNotFoundException gone) {
                return true;
            }
        });
    }

    /** Tools make a call again while the table is in use. */
    private static void untilFree(Runnable call) {
        await(() -> {
            try {
                call.run();
                return true;
            } catch (ResourceInUseException busy) {
                return false;
            }
        });
    }

    private static TableDescription describe(String region, String name) {
        return regions.client(region)
                .describeTable(request -> request.tableName(name))
                .table();
    }

    private static Optional<ReplicaStatus> replica(String name, String region) {
        return describe(US, name).replicas().stream()
                .filter(replica -> replica.regionName().equals(region))
                .map(ReplicaDescription::replicaStatus)
                .findFirst();
    }

    private static List<Tag> tags(String region, String arn) {
        return regions.client(region)
                .listTagsOfResource(request -> request.resourceArn(arn))
                .tags();
    }
}

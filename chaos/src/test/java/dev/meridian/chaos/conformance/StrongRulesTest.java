package dev.meridian.chaos.conformance;

import static dev.meridian.chaos.conformance.GlobalTarget.refuses;
import static dev.meridian.chaos.story.Regions.AP;
import static dev.meridian.chaos.story.Regions.EU;
import static dev.meridian.chaos.story.Regions.US;
import static dev.meridian.chaos.story.StrongTable.await;
import static dev.meridian.chaos.story.StrongTable.create;
import static dev.meridian.chaos.story.StrongTable.delete;
import static dev.meridian.chaos.story.StrongTable.describe;
import static dev.meridian.chaos.story.StrongTable.strong;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.meridian.chaos.story.RegionStream;
import dev.meridian.chaos.story.Regions;
import dev.meridian.chaos.story.StrongTable;
import dev.meridian.node.settings.ServiceSettings;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.GlobalTableWitnessGroupUpdate;
import software.amazon.awssdk.services.dynamodb.model.InternalServerErrorException;
import software.amazon.awssdk.services.dynamodb.model.MultiRegionConsistency;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;
import software.amazon.awssdk.services.dynamodb.model.UpdateTableRequest;

/** Multi-region strong consistency: how it is made and taken apart, what is refused, who may read and write when. */
class StrongRulesTest extends MendedRegions {

    private static final String INVALID = "ValidationException";

    StrongRulesTest() {
        super(Regions.withService(ServiceSettings.defaults()));
    }

    @Test
    @Rule({23, 50})
    void threeReplicasAreMadeInOneCall() {
        StrongTable.regional(regions, "three", request -> {});
        TableDescription answer = regions.client(US)
                .updateTable(
                        strong("three").replicaUpdates(create(EU), create(AP)).build())
                .tableDescription();
        assertThat(answer.tableStatusAsString()).isEqualTo("UPDATING");
        assertThat(answer.multiRegionConsistency()).isEqualTo(MultiRegionConsistency.STRONG);
        assertThat(answer.globalTableVersion()).isEqualTo("2019.11.21");
        for (String region : List.of(US, EU, AP)) {
            await(() -> isActive(region, "three"));
            TableDescription table = describe(regions, region, "three");
            assertThat(table.multiRegionConsistency()).isEqualTo(MultiRegionConsistency.STRONG);
            assertThat(table.hasGlobalTableWitnesses()).isFalse();
            assertThat(table.replicas()).hasSize(2);
            assertThat(table.streamSpecification()).isNull();
        }
    }

    private boolean isActive(String region, String name) {
        try {
            return describe(regions, region, name).tableStatusAsString().equals("ACTIVE");
        } catch (ResourceNotFoundException notYet) {
            return false;
        }
    }

    @Test
    @Rule(50)
    void itTakesExactlyThreeRegions() {
        StrongTable.regional(regions, "counted", request -> {});
        String count = "Unsupported replica count for global tables with MultiRegionConsistency set to STRONG.";
        refusesUpdate(count, strong("counted").replicaUpdates(create(EU)));
        refusesUpdate(
                count,
                strong("counted")
                        .replicaUpdates(create(EU), create(AP))
                        .globalTableWitnessUpdates(witness("us-west-2")));
        refusesUpdate(
                "Update table operation with more than one create or delete replica actions not allowed",
                UpdateTableRequest.builder().tableName("counted").replicaUpdates(create(EU), create(AP)));
        refusesUpdate(
                "Cannot target multiple regions with the same action",
                strong("counted").replicaUpdates(create(EU)).globalTableWitnessUpdates(witness(EU)));
        refusesUpdate(
                "Cannot add a witness in the same region as an existing replica when creating a global table with "
                        + "MultiRegionConsistency set to STRONG.",
                strong("counted").replicaUpdates(create(EU)).globalTableWitnessUpdates(witness(US)));
        refusesUpdate(
                "Requests that modify replicas or witnesses must not also modify other fields",
                strong("counted").replicaUpdates(create(EU), create(AP)).deletionProtectionEnabled(true));
        assertThat(describe(regions, US, "counted").hasReplicas()).isFalse();
    }

    @Test
    @Rule(51)
    void regionsThatAreNotThereCannotTakePart() {
        StrongTable.regional(regions, "where", request -> {});
        refusesUpdate(
                "Unsupported Region(s) specified for global tables with MultiRegionConsistency set to STRONG: [us-west-1].",
                strong("where").replicaUpdates(create(EU), create("us-west-1")));
    }

    @Test
    @Rule(52)
    void onlyAnEmptyTableCanBecomeStrong() {
        StrongTable.regional(regions, "full", request -> {});
        regions.put(US, "full", "1", "x");
        refusesUpdate("empty", strong("full").replicaUpdates(create(EU), create(AP)));
        String required = "At least one of";
        refusesUpdate(required, strong("full"));
        refusesUpdate(required, UpdateTableRequest.builder().tableName("full").globalTableWitnessUpdates(witness(AP)));
        refusesUpdate(
                "MultiRegionConsistency must be set as STRONG when GlobalTableWitnessUpdates parameter is present.",
                UpdateTableRequest.builder()
                        .tableName("full")
                        .replicaUpdates(create(EU))
                        .globalTableWitnessUpdates(witness(AP)));
    }

    @Test
    @Rule(53)
    void whatIsStrongStaysAsItIs() {
        StrongTable.witnessed(regions, "frozen");
        refusesUpdate(
                "Cannot add replicas to a global table with strong MultiRegionConsistency",
                update("frozen", create(AP)));
        refusesUpdate(
                "MultiRegionConsistency parameter is unsupported on existing global table",
                update("frozen", create(AP)).multiRegionConsistency(MultiRegionConsistency.EVENTUAL));
        refusesUpdate("Update table delete operation does not include all witnesses.", update("frozen", delete(EU)));
        refusesUpdate(
                "Please retry the request without these witnesses: [eu-west-1].",
                update("frozen", delete(EU))
                        .globalTableWitnessUpdates(GlobalTableWitnessGroupUpdate.builder()
                                .delete(witness -> witness.regionName(EU))
                                .build()));
        refusesUpdate(
                "Only Replica Create actions are supported when MultiRegionConsistency parameter is provided.",
                strong("frozen").replicaUpdates(delete(EU)));
        for (String region : List.of(US, EU)) {
            refuses(
                    INVALID,
                    "Deletion of only one table replica is not supported for global tables with "
                            + "MultiRegionConsistency set to STRONG.",
                    () -> regions.client(region).deleteTable(request -> request.tableName("frozen")));
        }
        StrongTable.replicated(regions, "frozen-3");
        refusesUpdate("Deletion of only one table replica is not supported", update("frozen-3", delete(EU)));
    }

    @Test
    @Rule({54, 55})
    void itIsTakenApartInOneCallAndKeepsItsItems() {
        StrongTable.witnessed(regions, "ending");
        regions.put(EU, "ending", "1", "kept");
        regions.client(US)
                .updateTable(update("ending", delete(EU))
                        .globalTableWitnessUpdates(GlobalTableWitnessGroupUpdate.builder()
                                .delete(witness -> witness.regionName(AP))
                                .build())
                        .build());
        await(() -> isActive(US, "ending") && !describe(regions, US, "ending").hasReplicas());
        TableDescription table = describe(regions, US, "ending");
        assertThat(table.multiRegionConsistency()).isNull();
        assertThat(table.hasGlobalTableWitnesses()).isFalse();
        assertThat(table.globalTableVersion()).isNull();
        await(() -> !isThere(EU, "ending"));
        assertThat(regions.get(US, "ending", "1")).isEqualTo("kept");
        regions.put(US, "ending", "2", "plain");
        assertThat(regions.get(US, "ending", "2")).isEqualTo("plain");
        regions.client(US).deleteTable(request -> request.tableName("ending"));
    }

    @Test
    @Rule({38, 43})
    void itsStreamsAreOffAtFirstAndEachRegionsOwn() {
        StrongTable.replicated(regions, "streamed");
        for (String region : List.of(US, EU, AP)) {
            assertThat(describe(regions, region, "streamed").latestStreamArn()).isNull();
        }
        regions.client(EU)
                .updateTable(request -> request.tableName("streamed")
                        .streamSpecification(
                                stream -> stream.streamEnabled(true).streamViewType("NEW_IMAGE")));
        regions.put(US, "streamed", "1", "a");
        regions.put(EU, "streamed", "1", "b");
        regions.put(AP, "streamed", "1", "c");
        await(() -> RegionStream.records(regions, EU, "streamed").size() == 3);
        assertThat(RegionStream.records(regions, EU, "streamed"))
                .extracting(record -> record.dynamodb().newImage().get("v").s())
                .containsExactly("a", "b", "c");
        assertThat(describe(regions, US, "streamed").latestStreamArn()).isNull();
        regions.client(EU)
                .updateTable(request ->
                        request.tableName("streamed").streamSpecification(stream -> stream.streamEnabled(false)));
        assertThat(describe(regions, EU, "streamed").streamSpecification()).isNull();
    }

    private boolean isThere(String region, String name) {
        return regions.client(region).listTables().tableNames().contains(name);
    }

    @Test
    @Rule(55)
    void aWitnessHoldsNoTable() {
        StrongTable.witnessed(regions, "witnessed");
        for (String region : List.of(US, EU)) {
            assertThat(describe(regions, region, "witnessed").globalTableWitnesses())
                    .singleElement()
                    .satisfies(witness -> {
                        assertThat(witness.regionName()).isEqualTo(AP);
                        assertThat(witness.witnessStatusAsString()).isEqualTo("ACTIVE");
                    });
        }
        assertThat(isThere(AP, "witnessed")).isFalse();
        assertThatExceptionOfType(ResourceNotFoundException.class).isThrownBy(() -> regions.get(AP, "witnessed", "1"));
        regions.client(AP)
                .createTable(request -> request.tableName("witnessed")
                        .billingMode("PAY_PER_REQUEST")
                        .attributeDefinitions(one -> one.attributeName("id").attributeType("S"))
                        .keySchema(one -> one.attributeName("id").keyType("HASH")));
        await(() -> isActive(AP, "witnessed"));
        regions.put(AP, "witnessed", "1", "a table of its own");
        assertThat(StrongTable.read(regions, US, "witnessed", "1")).isEmpty();
        regions.put(US, "witnessed", "1", "agreed");
        assertThat(StrongTable.read(regions, EU, "witnessed", "1")).isEqualTo("agreed");
        assertThat(regions.get(AP, "witnessed", "1")).isEqualTo("a table of its own");
    }

    @Test
    @Rule(56)
    void strongReadsOfEveryKindSeeTheLatestAnywhere() {
        StrongTable.replicated(regions, "latest");
        for (int i = 0; i < 5; i++) {
            String writer = List.of(US, EU, AP).get(i % 3);
            String reader = List.of(US, EU, AP).get((i + 1) % 3);
            String id = "item-" + i;
            regions.put(writer, "latest", id, "v" + i);
            assertThat(StrongTable.read(regions, reader, "latest", id)).isEqualTo("v" + i);
            assertThat(regions.client(reader)
                            .scan(request -> request.tableName("latest").consistentRead(true))
                            .count())
                    .isEqualTo(i + 1);
            assertThat(regions.client(reader)
                            .query(request -> request.tableName("latest")
                                    .consistentRead(true)
                                    .keyConditionExpression("id = :id")
                                    .expressionAttributeValues(Map.of(":id", AttributeValue.fromS(id))))
                            .items())
                    .singleElement()
                    .satisfies(item -> assertThat(item.get("v").s()).isNotEmpty());
        }
        regions.client(AP)
                .deleteItem(request -> request.tableName("latest").key(Map.of("id", AttributeValue.fromS("item-0"))));
        assertThat(StrongTable.read(regions, US, "latest", "item-0")).isEmpty();
        assertThat(regions.converge()).isTrue();
        assertThat(regions.get(EU, "latest", "item-4")).isEqualTo("v4");
        assertThat(regions.get(EU, "latest", "item-0")).isEmpty();
    }

    @Test
    @Rule(56)
    void conditionsLookAtTheLatestAnywhere() {
        StrongTable.replicated(regions, "claims");
        Consumer<String> claim = region -> regions.client(region)
                .putItem(request -> request.tableName("claims")
                        .item(Map.of("id", AttributeValue.fromS("12A"), "v", AttributeValue.fromS(region)))
                        .conditionExpression("attribute_not_exists(id)"));
        claim.accept(EU);
        refuses("ConditionalCheckFailedException", "The conditional request failed", () -> claim.accept(US));
        refuses("ConditionalCheckFailedException", "The conditional request failed", () -> claim.accept(AP));
    }

    @Test
    @Rule(58)
    void noTransactionsNoTimeToLiveNoLocalIndexes() {
        StrongTable.replicated(regions, "without");
        Map<String, AttributeValue> item = Map.of("id", AttributeValue.fromS("1"));
        refuses(
                INVALID,
                "Transactions are not supported",
                () -> regions.client(US)
                        .transactWriteItems(request -> request.transactItems(
                                one -> one.put(put -> put.tableName("without").item(item)))));
        refuses(
                INVALID,
                "Transactions are not supported",
                () -> regions.client(US)
                        .transactGetItems(request -> request.transactItems(
                                one -> one.get(get -> get.tableName("without").key(item)))));
        refuses(
                INVALID,
                "Time to live is not supported",
                () -> regions.client(US)
                        .updateTimeToLive(request -> request.tableName("without")
                                .timeToLiveSpecification(
                                        ttl -> ttl.enabled(true).attributeName("expires"))));
    }

    @Test
    @Rule({59, 61})
    void aRegionAloneServesEventualReadsOnly() {
        StrongTable.replicated(regions, "alone");
        regions.put(US, "alone", "1", "before");
        await(() -> regions.get(EU, "alone", "1").equals("before"));
        StrongTable.cutOff(regions, EU);
        regions.put(US, "alone", "1", "after");
        assertThat(StrongTable.read(regions, AP, "alone", "1")).isEqualTo("after");
        assertThat(regions.get(EU, "alone", "1")).isEqualTo("before");
        assertThatExceptionOfType(InternalServerErrorException.class)
                .isThrownBy(() -> StrongTable.read(regions, EU, "alone", "1"));
        assertThatExceptionOfType(InternalServerErrorException.class)
                .isThrownBy(() -> regions.put(EU, "alone", "1", "lost"));
        assertThatExceptionOfType(InternalServerErrorException.class)
                .isThrownBy(() -> regions.client(EU)
                        .scan(request -> request.tableName("alone").consistentRead(true)));
        regions.control("POST", "heal", "{}");
        assertThat(StrongTable.read(regions, EU, "alone", "1")).isEqualTo("after");
        regions.put(EU, "alone", "1", "back");
        assertThat(StrongTable.read(regions, US, "alone", "1")).isEqualTo("back");
    }

    private void refusesUpdate(String text, UpdateTableRequest.Builder request) {
        refuses(INVALID, text, () -> regions.client(US).updateTable(request.build()));
    }

    private static UpdateTableRequest.Builder update(
            String name, software.amazon.awssdk.services.dynamodb.model.ReplicationGroupUpdate replica) {
        return UpdateTableRequest.builder().tableName(name).replicaUpdates(replica);
    }

    private static GlobalTableWitnessGroupUpdate witness(String region) {
        return GlobalTableWitnessGroupUpdate.builder()
                .create(witness -> witness.regionName(region))
                .build();
    }
}

package dev.meridian.node.wire;

import static dev.meridian.node.wire.WireTarget.answer;
import static dev.meridian.node.wire.WireTarget.on;
import static dev.meridian.node.wire.WireTarget.put;
import static dev.meridian.node.wire.WireTarget.refuses;
import static dev.meridian.node.wire.WireTarget.refusesAsInvalid;
import static dev.meridian.node.wire.WireTarget.sdk;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.IndexStatus;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;
import software.amazon.awssdk.services.dynamodb.model.TableStatus;

class UpdateTableTest {

    private static final String BY_OWNER = "'AttributeDefinitions':[{'AttributeName':'id','AttributeType':'S'},"
            + "{'AttributeName':'owner','AttributeType':'S'}],'GlobalSecondaryIndexUpdates':[{'Create':{"
            + "'IndexName':'by-owner','KeySchema':[{'AttributeName':'owner','KeyType':'HASH'}],"
            + "'Projection':{'ProjectionType':'ALL'}}}]";

    private static TableDescription describe(String table) {
        return sdk().describeTable(request -> request.tableName(table)).table();
    }

    private static void awaitActive(String table) {
        long deadline = System.nanoTime() + 60_000_000_000L;
        while (describe(table).tableStatus() != TableStatus.ACTIVE
                || describe(table).globalSecondaryIndexes().stream()
                        .anyMatch(index -> index.indexStatus() != IndexStatus.ACTIVE)) {
            assertThat(System.nanoTime()).as("active in time").isLessThan(deadline);
        }
    }

    private static int owned(String table, String owner) {
        return sdk().query(request -> request.tableName(table)
                        .indexName("by-owner")
                        .keyConditionExpression("#o = :o")
                        .expressionAttributeNames(java.util.Map.of("#o", "owner"))
                        .expressionAttributeValues(java.util.Map.of(":o", AttributeValue.fromS(owner))))
                .count();
    }

    @Test
    void anIndexMadeLaterHoldsWhatWasThereAndWhatCameMeanwhile() {
        String table = WireTarget.table("id:S");
        for (int n = 0; n < 700; n++) {
            put(table, "{'id':{'S':'" + n + "'},'owner':{'S':'" + (n % 2 == 0 ? "ann" : "bob") + "'}}");
        }
        put(table, "{'id':{'S':'without'}}");
        AtomicBoolean done = new AtomicBoolean();
        CompletableFuture<Void> writing = CompletableFuture.runAsync(() -> {
            for (int n = 0; n < 700 && !done.get(); n++) {
                put(table, "{'id':{'S':'" + n + "'},'owner':{'S':'cid'}}");
            }
        });
        String answer = answer("UpdateTable", on(table, BY_OWNER));
        assertThat(answer).contains("\"TableStatus\":\"UPDATING\"").contains("\"IndexStatus\":\"CREATING\"");
        awaitActive(table);
        done.set(true);
        writing.join();
        int ann = owned(table, "ann");
        int bob = owned(table, "bob");
        int cid = owned(table, "cid");
        assertThat(ann + bob + cid).isEqualTo(700);
        assertThat(cid).isPositive();
    }

    @Test
    void anIndexIsDeletedAndMayBeMadeAgain() {
        String table = WireTarget.table("id:S");
        put(table, "{'id':{'S':'1'},'owner':{'S':'ann'}}");
        answer("UpdateTable", on(table, BY_OWNER));
        awaitActive(table);
        assertThat(owned(table, "ann")).isEqualTo(1);
        String delete = "'GlobalSecondaryIndexUpdates':[{'Delete':{'IndexName':'by-owner'}}]";
        answer("UpdateTable", on(table, delete));
        awaitActive(table);
        assertThat(describe(table).hasGlobalSecondaryIndexes()).isFalse();
        assertThat(describe(table).attributeDefinitions()).hasSize(1);
        refuses("UpdateTable", on(table, delete), "ResourceNotFoundException", "Requested resource not found");
        put(table, "{'id':{'S':'2'},'owner':{'S':'ann'}}");
        answer("UpdateTable", on(table, BY_OWNER));
        awaitActive(table);
        assertThat(owned(table, "ann")).isEqualTo(2);
        refusesAsInvalid("UpdateTable", on(table, BY_OWNER), "Attempting to create an index which already exists");
    }

    @Test
    void oneIndexAtATime() {
        String table = WireTarget.table("id:S");
        String two = BY_OWNER.substring(0, BY_OWNER.length() - 1) + ",{'Create':{'IndexName':'second','KeySchema':["
                + "{'AttributeName':'owner','KeyType':'HASH'}],'Projection':{'ProjectionType':'ALL'}}}]";
        refuses(
                "UpdateTable",
                on(table, two),
                "LimitExceededException",
                "Subscriber limit exceeded: Only 1 online index can be created or deleted simultaneously per table");
        assertThat(describe(table).hasGlobalSecondaryIndexes()).isFalse();
    }

    @Test
    void capacityModeAndUnitsChange() {
        String table = WireTarget.table("id:S");
        refusesAsInvalid(
                "UpdateTable",
                on(table, "'BillingMode':'PROVISIONED'"),
                "One or more parameter values were invalid: ProvisionedThroughput must be specified when BillingMode is "
                        + "PROVISIONED");
        answer(
                "UpdateTable",
                on(
                        table,
                        "'BillingMode':'PROVISIONED','ProvisionedThroughput':{'ReadCapacityUnits':5,'WriteCapacityUnits':6}"));
        assertThat(describe(table).provisionedThroughput().writeCapacityUnits()).isEqualTo(6);
        assertThat(describe(table).billingModeSummary()).isNull();
        refusesAsInvalid(
                "UpdateTable",
                on(table, "'ProvisionedThroughput':{'ReadCapacityUnits':5,'WriteCapacityUnits':6}"),
                "The provisioned throughput for the table will not change. The requested value equals the current value. "
                        + "Current ReadCapacityUnits provisioned for the table: 5. Requested ReadCapacityUnits: 5. "
                        + "Current WriteCapacityUnits provisioned for the table: 6. Requested WriteCapacityUnits: 6. "
                        + "Refer to the Amazon DynamoDB Developer Guide for current limits and how to request higher "
                        + "limits.");
        answer("UpdateTable", on(table, "'BillingMode':'PAY_PER_REQUEST','TableClass':'STANDARD_INFREQUENT_ACCESS'"));
        assertThat(describe(table).billingModeSummary().billingModeAsString()).isEqualTo("PAY_PER_REQUEST");
        assertThat(describe(table).tableClassSummary().tableClassAsString()).isEqualTo("STANDARD_INFREQUENT_ACCESS");
    }

    @Test
    void aProvisionedTablesIndexesNeedUnitsToo() {
        String table = WireTarget.table("id:S");
        answer("UpdateTable", on(table, BY_OWNER));
        awaitActive(table);
        String provisioned = "'BillingMode':'PROVISIONED','ProvisionedThroughput':"
                + "{'ReadCapacityUnits':5,'WriteCapacityUnits':6}";
        refusesAsInvalid(
                "UpdateTable",
                on(table, provisioned),
                "One or more parameter values were invalid: ProvisionedThroughput is not specified for index: by-owner");
        answer(
                "UpdateTable",
                on(
                        table,
                        provisioned + ",'GlobalSecondaryIndexUpdates':[{'Update':{'IndexName':'by-owner',"
                                + "'ProvisionedThroughput':{'ReadCapacityUnits':3,'WriteCapacityUnits':4}}}]"));
        assertThat(describe(table)
                        .globalSecondaryIndexes()
                        .get(0)
                        .provisionedThroughput()
                        .writeCapacityUnits())
                .isEqualTo(4);
    }

    @Test
    void onDemandIsBoundedAndUnboundedAgain() {
        String table = WireTarget.table("id:S");
        String bound = "'OnDemandThroughput':{'MaxWriteRequestUnits':";
        answer("UpdateTable", on(table, bound + "50}"));
        assertThat(describe(table).onDemandThroughput().maxWriteRequestUnits()).isEqualTo(50);
        assertThat(describe(table).onDemandThroughput().maxReadRequestUnits()).isEqualTo(-1);
        refusesAsInvalid(
                "UpdateTable", on(table, bound + "0}"), "Given value 0 for MaxWriteRequestUnits is out of bounds");
        answer("UpdateTable", on(table, bound + "-1}"));
        assertThat(describe(table).onDemandThroughput()).isNull();
        refusesAsInvalid(
                "UpdateTable",
                on(
                        table,
                        "'BillingMode':'PROVISIONED','ProvisionedThroughput':{'ReadCapacityUnits':1,"
                                + "'WriteCapacityUnits':1}," + bound + "5}"),
                "One or more parameter values were invalid: OnDemandThroughput cannot be specified when BillingMode is "
                        + "PROVISIONED");
    }

    @Test
    void warmThroughputIsRaisedOnly() {
        String table = WireTarget.table("id:S");
        assertThat(describe(table).warmThroughput().readUnitsPerSecond()).isEqualTo(12_000);
        answer("UpdateTable", on(table, "'WarmThroughput':{'ReadUnitsPerSecond':15000}"));
        assertThat(describe(table).warmThroughput().readUnitsPerSecond()).isEqualTo(15_000);
        assertThat(describe(table).warmThroughput().writeUnitsPerSecond()).isEqualTo(4_000);
        refusesAsInvalid(
                "UpdateTable",
                on(table, "'WarmThroughput':{'ReadUnitsPerSecond':13000}"),
                "One or more parameter values were invalid: Requested ReadUnitsPerSecond for WarmThroughput for table is "
                        + "lower than current WarmThroughput, decreasing WarmThroughput is not supported");
    }

    @Test
    void encryptionIsToldAsItWasAskedFor() {
        String table = WireTarget.table("id:S");
        assertThat(describe(table).sseDescription()).isNull();
        answer("UpdateTable", on(table, "'SSESpecification':{'Enabled':true,'KMSMasterKeyId':'1234abcd'}"));
        assertThat(describe(table).sseDescription().statusAsString()).isEqualTo("ENABLED");
        assertThat(describe(table).sseDescription().kmsMasterKeyArn())
                .isEqualTo("arn:aws:kms:us-east-1:000000000000:key/1234abcd");
        answer("UpdateTable", on(table, "'SSESpecification':{'Enabled':false}"));
        assertThat(describe(table).sseDescription()).isNull();
    }

    @Test
    void refusesChangesOfIndexesThatAreNone() {
        String table = WireTarget.table("id:S");
        String invalid = "One or more parameter values were invalid: ";
        refusesAsInvalid(
                "UpdateTable",
                on(table, "'GlobalSecondaryIndexUpdates':[]"),
                invalid + "List of GlobalSecondaryIndexUpdates is empty");
        String creation = "'Create':{'IndexName':'byId','KeySchema':[{'AttributeName':'id','KeyType':'HASH'}],"
                + "'Projection':{'ProjectionType':'ALL'}}";
        refusesAsInvalid(
                "UpdateTable",
                on(table, "'GlobalSecondaryIndexUpdates':[{" + creation + "}]"),
                invalid + "AttributeDefinitions is not specified for index: byId");
        refusesAsInvalid(
                "UpdateTable",
                on(table, "'GlobalSecondaryIndexUpdates':[{" + creation + ",'Delete':{'IndexName':'byId'}}]"),
                invalid + "Only one global secondary index action is allowed per GlobalSecondaryIndexUpdate object");
        refusesAsInvalid(
                "UpdateTable",
                on(table, "'TableClass':'GOLD'"),
                "Invalid table-class parameter provided. Please try again with a valid table-class value: "
                        + "[STANDARD, STANDARD_INFREQUENT_ACCESS].");
    }

    @Test
    void asksForSomethingToChange() {
        refusesAsInvalid(
                "UpdateTable",
                on(WireTarget.table("id:S"), ""),
                "At least one of ProvisionedThroughput, BillingMode, UpdateStreamEnabled, GlobalSecondaryIndexUpdates, "
                        + "SSESpecification, ReplicaUpdates, MultiAccountReplicaReady, ReplicaTransitRoleArn, "
                        + "MultiRegionConsistency, DeletionProtectionEnabled, OnDemandThroughput, WarmThroughput or "
                        + "TableClass is required");
    }
}

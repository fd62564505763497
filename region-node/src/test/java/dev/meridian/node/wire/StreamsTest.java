package dev.meridian.node.wire;

import static dev.meridian.node.wire.WireTarget.put;
import static dev.meridian.node.wire.WireTarget.sdk;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.OperationType;
import software.amazon.awssdk.services.dynamodb.model.Record;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.Shard;
import software.amazon.awssdk.services.dynamodb.model.ShardIteratorType;
import software.amazon.awssdk.services.dynamodb.model.StreamDescription;
import software.amazon.awssdk.services.dynamodb.model.StreamStatus;
import software.amazon.awssdk.services.dynamodb.streams.DynamoDbStreamsClient;

/** ListStreams, DescribeStream, GetShardIterator and GetRecords, as an application reads them. */
class StreamsTest {

    private static final DynamoDbStreamsClient STREAMS = DynamoDbStreamsClient.builder()
            .endpointOverride(WireTarget.uri())
            .region(Region.of(WireTarget.REGION))
            .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("AKIDEXAMPLE", "secret")))
            .httpClient(UrlConnectionHttpClient.create())
            .build();

    @AfterAll
    static void close() {
        STREAMS.close();
    }

    private static String tableWithStream(String view) {
        String name = WireTarget.freshName();
        WireTarget.answer(
                "CreateTable",
                WireTarget.createTable(
                        name,
                        ",\"StreamSpecification\":{\"StreamEnabled\":true,\"StreamViewType\":\"" + view + "\"}",
                        "id:S"));
        sdk().waiter().waitUntilTableExists(describe -> describe.tableName(name));
        return name;
    }

    private static String arn(String table) {
        return sdk().describeTable(request -> request.tableName(table)).table().latestStreamArn();
    }

    /** All records there are, shard by shard. */
    private static List<Record> records(String arn) {
        List<Record> records = new ArrayList<>();
        for (Shard shard : describe(arn).shards()) {
            records.addAll(from(iterator(arn, shard, ShardIteratorType.TRIM_HORIZON)));
        }
        return records;
    }

    private static StreamDescription describe(String arn) {
        return STREAMS.describeStream(request -> request.streamArn(arn)).streamDescription();
    }

    private static String iterator(String arn, Shard shard, ShardIteratorType type) {
        return STREAMS.getShardIterator(request ->
                        request.streamArn(arn).shardId(shard.shardId()).shardIteratorType(type))
                .shardIterator();
    }

    private static List<Record> from(String iterator) {
        List<Record> records = new ArrayList<>();
        String next = iterator;
        while (next != null) {
            String at = next;
            var page = STREAMS.getRecords(request -> request.shardIterator(at).limit(2));
            if (page.records().isEmpty()) {
                break;
            }
            records.addAll(page.records());
            next = page.nextShardIterator();
        }
        return records;
    }

    @Test
    void tellsOfEveryChangeInItsOrderWithBothImages() {
        String table = tableWithStream("NEW_AND_OLD_IMAGES");
        put(table, "{'id':{'S':'a'},'n':{'N':'1'}}");
        put(table, "{'id':{'S':'a'},'n':{'N':'2'}}");
        put(table, "{'id':{'S':'a'},'n':{'N':'2'}}");
        sdk().deleteItem(request -> request.tableName(table).key(Map.of("id", AttributeValue.fromS("a"))));
        sdk().deleteItem(request -> request.tableName(table).key(Map.of("id", AttributeValue.fromS("a"))));

        List<Record> records = records(arn(table));
        assertThat(records)
                .extracting(Record::eventName)
                .as("what changes nothing is not told")
                .containsExactly(OperationType.INSERT, OperationType.MODIFY, OperationType.REMOVE);
        assertThat(records)
                .extracting(record -> record.dynamodb().sequenceNumber())
                .isSorted()
                .doesNotHaveDuplicates()
                .allMatch(number -> number.length() == 21);
        Record changed = records.get(1);
        assertThat(changed.dynamodb().keys()).isEqualTo(Map.of("id", AttributeValue.fromS("a")));
        assertThat(changed.dynamodb().oldImage()).containsEntry("n", AttributeValue.fromN("1"));
        assertThat(changed.dynamodb().newImage()).containsEntry("n", AttributeValue.fromN("2"));
        assertThat(changed.dynamodb().sizeBytes()).isEqualTo(3 + 6 + 6);
        assertThat(changed.eventVersion()).isEqualTo("1.1");
        assertThat(changed.eventSource()).isEqualTo("aws:dynamodb");
        assertThat(changed.awsRegion()).isEqualTo(WireTarget.REGION);
        assertThat(changed.dynamodb().approximateCreationDateTime()).isNotNull();
        assertThat(records).extracting(Record::eventID).doesNotHaveDuplicates();
        assertThat(records.get(0).dynamodb().hasOldImage()).isFalse();
        assertThat(records.get(2).dynamodb().hasNewImage()).isFalse();
    }

    @Test
    void showsWhatTheViewShows() {
        for (String view : List.of("KEYS_ONLY", "NEW_IMAGE", "OLD_IMAGE", "NEW_AND_OLD_IMAGES")) {
            String table = tableWithStream(view);
            put(table, "{'id':{'S':'a'},'n':{'N':'1'}}");
            put(table, "{'id':{'S':'a'},'n':{'N':'2'}}");
            Record changed = records(arn(table)).get(1);
            assertThat(changed.dynamodb().streamViewTypeAsString()).isEqualTo(view);
            assertThat(changed.dynamodb().hasNewImage()).as(view).isEqualTo(view.startsWith("NEW"));
            assertThat(changed.dynamodb().hasOldImage()).as(view).isEqualTo(view.contains("OLD"));
        }
    }

    @Test
    void iteratorsBeginWhereTheyAreAskedTo() {
        String table = tableWithStream("KEYS_ONLY");
        String arn = arn(table);
        for (int n = 0; n < 5; n++) {
            put(table, "{'id':{'S':'a'},'n':{'N':'" + n + "'}}");
        }
        List<Record> all = records(arn);
        Shard shard = describe(arn).shards().stream()
                .filter(one -> !from(iterator(arn, one, ShardIteratorType.TRIM_HORIZON))
                        .isEmpty())
                .findFirst()
                .orElseThrow();
        String latest = iterator(arn, shard, ShardIteratorType.LATEST);
        assertThat(from(latest)).isEmpty();
        put(table, "{'id':{'S':'a'},'n':{'N':'5'}}");
        assertThat(from(latest)).hasSize(1);
        String third = all.get(2).dynamodb().sequenceNumber();
        assertThat(from(numbered(arn, shard, ShardIteratorType.AT_SEQUENCE_NUMBER, third)))
                .hasSize(4);
        assertThat(from(numbered(arn, shard, ShardIteratorType.AFTER_SEQUENCE_NUMBER, third)))
                .hasSize(3);
    }

    private static String numbered(String arn, Shard shard, ShardIteratorType type, String sequence) {
        return STREAMS.getShardIterator(request -> request.streamArn(arn)
                        .shardId(shard.shardId())
                        .shardIteratorType(type)
                        .sequenceNumber(sequence))
                .shardIterator();
    }

    @Test
    void aStreamIsListedDescribedAndTurnedOffAndOn() {
        String table = WireTarget.table("id:S");
        assertThat(STREAMS.listStreams(request -> request.tableName(table)).streams())
                .isEmpty();
        WireTarget.refusesAsInvalid(
                "UpdateTable",
                WireTarget.on(table, "'StreamSpecification':{'StreamEnabled':false}"),
                "Table has no stream to disable: TableName: " + table);
        WireTarget.refusesAsInvalid(
                "UpdateTable",
                WireTarget.on(table, "'StreamSpecification':{'StreamEnabled':true}"),
                "One or more parameter values were invalid: If stream is being enabled then UpdateViewType is required");
        String on = "'StreamSpecification':{'StreamEnabled':true,'StreamViewType':'NEW_IMAGE'}";
        WireTarget.answer("UpdateTable", WireTarget.on(table, on));
        WireTarget.refusesAsInvalid(
                "UpdateTable", WireTarget.on(table, on), "Table already has an enabled stream: TableName: " + table);
        put(table, "{'id':{'S':'a'}}");
        String first = arn(table);
        StreamDescription described = describe(first);
        assertThat(described.streamStatus()).isEqualTo(StreamStatus.ENABLED);
        assertThat(described.tableName()).isEqualTo(table);
        assertThat(described.keySchema()).hasSize(1);

        WireTarget.answer("UpdateTable", WireTarget.on(table, "'StreamSpecification':{'StreamEnabled':false}"));
        assertThat(sdk().describeTable(request -> request.tableName(table))
                        .table()
                        .streamSpecification())
                .isNull();
        assertThat(arn(table)).isEqualTo(first);
        assertThat(describe(first).streamStatus()).isEqualTo(StreamStatus.DISABLED);
        assertThat(records(first)).hasSize(1);
        put(table, "{'id':{'S':'b'}}");
        assertThat(records(first)).hasSize(1);

        WireTarget.answer("UpdateTable", WireTarget.on(table, on));
        assertThat(arn(table)).isNotEqualTo(first);
        assertThat(records(arn(table))).isEmpty();
        assertThat(STREAMS.listStreams(request -> request.tableName(table)).streams())
                .hasSize(2);
    }

    @Test
    void refusesWhatIsNotThere() {
        String arn = arn(tableWithStream("KEYS_ONLY"));
        assertThatExceptionOfType(ResourceNotFoundException.class)
                .isThrownBy(() -> describe(arn.replace("/stream/2", "/stream/1")))
                .withMessageContaining("Requested resource not found: Stream: ");
        assertThatExceptionOfType(ResourceNotFoundException.class)
                .isThrownBy(() -> STREAMS.getShardIterator(request -> request.streamArn(arn)
                        .shardId("shardId-00000000000000000000-00000000")
                        .shardIteratorType(ShardIteratorType.LATEST)));
        assertThatExceptionOfType(DynamoDbException.class)
                .isThrownBy(() -> STREAMS.getRecords(request -> request.shardIterator("bm9uc2Vuc2U")))
                .withMessageContaining("Invalid ShardIterator");
    }
}

package dev.meridian.node.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.meridian.node.settings.ServiceSettings;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.ExpiredIteratorException;
import software.amazon.awssdk.services.dynamodb.model.GetRecordsResponse;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.dynamodb.model.Shard;
import software.amazon.awssdk.services.dynamodb.model.ShardIteratorType;
import software.amazon.awssdk.services.dynamodb.model.Stream;
import software.amazon.awssdk.services.dynamodb.model.StreamStatus;
import software.amazon.awssdk.services.dynamodb.model.StreamViewType;
import software.amazon.awssdk.services.dynamodb.model.TrimmedDataAccessException;
import software.amazon.awssdk.services.dynamodb.streams.DynamoDbStreamsClient;

/** What time does to streams: shards follow one another, iterators expire, records are trimmed. One item, so one partition. */
class StreamTimesTest {

    private static final AtomicReference<Instant> NOW = new AtomicReference<>(Instant.parse("2031-05-06T07:08:09Z"));
    private static final URI URI_OF_REGION =
            WireTarget.startRegion(ServiceSettings.defaults(), NOW::get, System::nanoTime);
    private static final DynamoDbClient CLIENT = WireTarget.connect(URI_OF_REGION);
    private static final DynamoDbStreamsClient STREAMS = DynamoDbStreamsClient.builder()
            .endpointOverride(URI_OF_REGION)
            .region(Region.of(WireTarget.REGION))
            .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("any", "thing")))
            .httpClient(UrlConnectionHttpClient.create())
            .build();

    @AfterAll
    static void close() {
        CLIENT.close();
        STREAMS.close();
    }

    private static void pass(Duration time) {
        NOW.updateAndGet(now -> now.plus(time));
    }

    private static String tableWithStream(String name) {
        return CLIENT.createTable(request -> request.tableName(name)
                        .billingMode(BillingMode.PAY_PER_REQUEST)
                        .attributeDefinitions(key -> key.attributeName("id").attributeType(ScalarAttributeType.S))
                        .keySchema(key -> key.attributeName("id").keyType(KeyType.HASH))
                        .streamSpecification(
                                stream -> stream.streamEnabled(true).streamViewType(StreamViewType.NEW_IMAGE)))
                .tableDescription()
                .latestStreamArn();
    }

    private static void put(String table, int value) {
        CLIENT.putItem(request -> request.tableName(table)
                .item(Map.of(
                        "id", AttributeValue.fromS("one"), "value", AttributeValue.fromN(Integer.toString(value)))));
    }

    private static List<Shard> shards(String arn) {
        return STREAMS.describeStream(request -> request.streamArn(arn))
                .streamDescription()
                .shards();
    }

    private static String iterator(String arn, Shard shard, ShardIteratorType type) {
        return STREAMS.getShardIterator(request ->
                        request.streamArn(arn).shardId(shard.shardId()).shardIteratorType(type))
                .shardIterator();
    }

    private static GetRecordsResponse read(String iterator) {
        return STREAMS.getRecords(request -> request.shardIterator(iterator));
    }

    private static List<String> values(GetRecordsResponse page) {
        return page.records().stream()
                .map(record -> record.dynamodb()
                        .newImage()
                        .getOrDefault("value", AttributeValue.fromN("0"))
                        .n())
                .toList();
    }

    /** Reads shard after shard, parents before children, as consumers do. */
    private static List<String> readAll(String arn) {
        List<String> values = new ArrayList<>();
        for (Shard shard : shards(arn)) {
            String next = iterator(arn, shard, ShardIteratorType.TRIM_HORIZON);
            GetRecordsResponse page = read(next);
            values.addAll(values(page));
        }
        return values;
    }

    @Test
    void theStreamOfADeletedTableIsReadForADay() {
        String arn = tableWithStream("brief");
        put("brief", 1);
        CLIENT.deleteTable(request -> request.tableName("brief"));
        CLIENT.waiter().waitUntilTableNotExists(request -> request.tableName("brief"));
        pass(Duration.ofSeconds(1));
        String again = tableWithStream("brief");
        put("brief", 2);
        assertThat(STREAMS.describeStream(request -> request.streamArn(arn))
                        .streamDescription()
                        .streamStatus())
                .isEqualTo(StreamStatus.DISABLED);
        assertThat(STREAMS.listStreams(request -> request.tableName("brief")).streams())
                .extracting(Stream::streamArn)
                .containsExactlyInAnyOrder(arn, again);
        assertThat(readAll(arn)).containsExactly("1");
        assertThat(readAll(again)).containsExactly("2");
        pass(Duration.ofHours(24).plusMinutes(1));
        assertThat(readAll(arn)).isEmpty();
    }

    @Test
    void shardsFollowOneAnother() {
        String arn = tableWithStream("rolling");
        put("rolling", 1);
        List<Shard> first = shards(arn);
        assertThat(first)
                .allMatch(shard -> shard.parentShardId() == null)
                .allMatch(shard -> shard.sequenceNumberRange().endingSequenceNumber() == null);
        pass(Duration.ofHours(4).plusMinutes(2));
        put("rolling", 2);
        List<Shard> both = shards(arn);
        assertThat(both).hasSize(2 * first.size());
        assertThat(both.subList(0, first.size()))
                .as("closed")
                .allMatch(shard -> shard.sequenceNumberRange().endingSequenceNumber() != null);
        assertThat(both.subList(first.size(), both.size()))
                .extracting(Shard::parentShardId)
                .containsExactlyElementsOf(first.stream().map(Shard::shardId).toList());
        Shard child = STREAMS.describeStream(request -> request.streamArn(arn)
                        .shardFilter(filter ->
                                filter.type("CHILD_SHARDS").shardId(first.get(0).shardId())))
                .streamDescription()
                .shards()
                .get(0);
        assertThat(child.parentShardId()).isEqualTo(first.get(0).shardId());
        assertThat(readAll(arn)).containsExactly("1", "2");
        assertThat(read(iterator(arn, both.get(0), ShardIteratorType.LATEST)).nextShardIterator())
                .as("a closed shard comes to an end")
                .isNull();
    }

    @Test
    void anIteratorExpiresAfterAQuarterOfAnHour() {
        String arn = tableWithStream("expiring");
        String iterator = iterator(arn, shards(arn).get(0), ShardIteratorType.TRIM_HORIZON);
        pass(Duration.ofMinutes(15));
        String next = read(iterator).nextShardIterator();
        pass(Duration.ofMinutes(15).plusMillis(1));
        assertThatThrownBy(() -> read(next))
                .isInstanceOf(ExpiredIteratorException.class)
                .hasMessageContaining("Iterator expired. The iterator was created at time");
    }

    @Test
    void whatIsOlderThanADayIsTrimmed() {
        String arn = tableWithStream("trimmed");
        put("trimmed", 1);
        Shard shard = shards(arn).stream()
                .filter(one -> !read(iterator(arn, one, ShardIteratorType.TRIM_HORIZON))
                        .records()
                        .isEmpty())
                .findFirst()
                .orElseThrow();
        String sequence = shard.sequenceNumberRange().startingSequenceNumber();
        pass(Duration.ofHours(23));
        put("trimmed", 2);
        assertThat(readAll(arn)).containsExactly("1", "2");
        pass(Duration.ofHours(5).plusMinutes(30));
        assertThat(readAll(arn)).containsExactly("2");
        assertThat(shards(arn)).extracting(Shard::shardId).doesNotContain(shard.shardId());
        Shard last = shards(arn).get(shards(arn).size() - 1);
        assertThatThrownBy(() -> STREAMS.getShardIterator(request -> request.streamArn(arn)
                        .shardId(last.shardId()
                                .replaceAll("-[0-9a-f]{8}$", shard.shardId().substring(28)))
                        .shardIteratorType(ShardIteratorType.AT_SEQUENCE_NUMBER)
                        .sequenceNumber(sequence)))
                .isInstanceOf(TrimmedDataAccessException.class);
    }
}

package dev.meridian.node.wire;

import static dev.meridian.node.wire.WireTarget.sdk;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.GetRecordsResponse;
import software.amazon.awssdk.services.dynamodb.model.Shard;
import software.amazon.awssdk.services.dynamodb.model.ShardIteratorType;
import software.amazon.awssdk.services.dynamodb.streams.DynamoDbStreamsClient;

/** A page of a stream holds about 1 MB at most, also where little of that is shown. */
class StreamPagesTest {

    @Test
    void largeImagesMakeShortPagesAndNothingIsLeftOut() {
        String table = WireTarget.freshName();
        WireTarget.answer(
                "CreateTable",
                WireTarget.createTable(
                        table,
                        ",\"StreamSpecification\":{\"StreamEnabled\":true,\"StreamViewType\":\"KEYS_ONLY\"}",
                        "id:S"));
        sdk().waiter().waitUntilTableExists(describe -> describe.tableName(table));
        for (int n = 0; n < 12; n++) {
            String value = n + "x".repeat(300_000);
            sdk().putItem(request -> request.tableName(table)
                    .item(Map.of("id", AttributeValue.fromS("a"), "v", AttributeValue.fromS(value))));
        }
        try (DynamoDbStreamsClient streams = DynamoDbStreamsClient.builder()
                .endpointOverride(WireTarget.uri())
                .region(Region.of(WireTarget.REGION))
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("any", "thing")))
                .httpClient(UrlConnectionHttpClient.create())
                .build()) {
            String arn = sdk().describeTable(request -> request.tableName(table))
                    .table()
                    .latestStreamArn();
            int records = 0;
            int most = 0;
            for (Shard shard : streams.describeStream(request -> request.streamArn(arn))
                    .streamDescription()
                    .shards()) {
                String next = streams.getShardIterator(request -> request.streamArn(arn)
                                .shardId(shard.shardId())
                                .shardIteratorType(ShardIteratorType.TRIM_HORIZON))
                        .shardIterator();
                int found;
                do {
                    String at = next;
                    GetRecordsResponse page = streams.getRecords(request -> request.shardIterator(at));
                    found = page.records().size();
                    records += found;
                    most = Math.max(most, found);
                    next = page.nextShardIterator();
                } while (found > 0);
            }
            assertThat(records).isEqualTo(12);
            assertThat(most).isBetween(1, 4);
        }
    }
}

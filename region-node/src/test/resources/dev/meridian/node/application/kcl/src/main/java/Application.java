import com.amazonaws.services.dynamodbv2.streamsadapter.AmazonDynamoDBStreamsAdapterClient;
import com.amazonaws.services.dynamodbv2.streamsadapter.StreamsSchedulerFactory;
import com.amazonaws.services.dynamodbv2.streamsadapter.model.DynamoDBStreamsProcessRecordsInput;
import com.amazonaws.services.dynamodbv2.streamsadapter.polling.DynamoDBStreamsPollingConfig;
import com.amazonaws.services.dynamodbv2.streamsadapter.processor.DynamoDBStreamsShardRecordProcessor;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.cloudwatch.CloudWatchAsyncClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.Record;
import software.amazon.awssdk.services.dynamodb.streams.DynamoDbStreamsClient;
import software.amazon.kinesis.common.ConfigsBuilder;
import software.amazon.kinesis.common.InitialPositionInStream;
import software.amazon.kinesis.common.InitialPositionInStreamExtended;
import software.amazon.kinesis.coordinator.Scheduler;
import software.amazon.kinesis.exceptions.InvalidStateException;
import software.amazon.kinesis.exceptions.ShutdownException;
import software.amazon.kinesis.lifecycle.events.InitializationInput;
import software.amazon.kinesis.lifecycle.events.LeaseLostInput;
import software.amazon.kinesis.lifecycle.events.ShardEndedInput;
import software.amazon.kinesis.lifecycle.events.ShutdownRequestedInput;
import software.amazon.kinesis.metrics.NullMetricsFactory;
import software.amazon.kinesis.processor.RecordProcessorCheckpointer;

/** A worker of the Kinesis Client Library, with its leases in tables of the same endpoint; it ends when it has seen all. */
public class Application {

    private static final int ITEMS = 20;
    private static final int SECONDS_MAX = 200;
    private static final CountDownLatch INSERTED = new CountDownLatch(ITEMS);
    private static final CountDownLatch REMOVED = new CountDownLatch(1);

    private static final class Processor implements DynamoDBStreamsShardRecordProcessor {

        @Override
        public void initialize(InitializationInput input) {
            System.out.println("shard " + input.shardId());
        }

        @Override
        public void processRecords(DynamoDBStreamsProcessRecordsInput input) {
            input.records().forEach(record -> count(record.getRecord()));
            checkpoint(input.checkpointer());
        }

        private static void count(Record record) {
            switch (record.eventName()) {
                case INSERT -> INSERTED.countDown();
                case REMOVE -> REMOVED.countDown();
                default -> throw new IllegalStateException("nothing was modified: " + record);
            }
        }

        @Override
        public void leaseLost(LeaseLostInput input) {}

        @Override
        public void shardEnded(ShardEndedInput input) {
            checkpoint(input.checkpointer());
        }

        @Override
        public void shutdownRequested(ShutdownRequestedInput input) {}

        private static void checkpoint(RecordProcessorCheckpointer checkpointer) {
            try {
                checkpointer.checkpoint();
            } catch (InvalidStateException | ShutdownException failure) {
                throw new IllegalStateException(failure);
            }
        }
    }

    public static void main(String[] arguments) throws InterruptedException {
        URI endpoint = URI.create(arguments[0]);
        String table = arguments[1];
        Region region = Region.US_EAST_1;
        var credentials = StaticCredentialsProvider.create(AwsBasicCredentials.create("AKIDEXAMPLE", "secret"));
        var dynamodb = DynamoDbAsyncClient.builder()
                .endpointOverride(endpoint)
                .region(region)
                .credentialsProvider(credentials)
                .build();
        var streams = DynamoDbStreamsClient.builder()
                .endpointOverride(endpoint)
                .region(region)
                .credentialsProvider(credentials)
                .build();
        // Asked for, and never called: there are no metrics.
        var cloudWatch = CloudWatchAsyncClient.builder()
                .region(region)
                .credentialsProvider(credentials)
                .build();
        dynamodb.createTable(request -> request.tableName(table)
                        .billingMode("PAY_PER_REQUEST")
                        .attributeDefinitions(AttributeDefinition.builder()
                                .attributeName("id")
                                .attributeType("S")
                                .build())
                        .keySchema(KeySchemaElement.builder()
                                .attributeName("id")
                                .keyType("HASH")
                                .build())
                        .streamSpecification(
                                stream -> stream.streamEnabled(true).streamViewType("NEW_AND_OLD_IMAGES")))
                .join();
        var described = dynamodb.waiter()
                .waitUntilTableExists(of -> of.tableName(table))
                .join()
                .matched()
                .response()
                .orElseThrow();
        for (int i = 0; i < ITEMS; i++) {
            var item = Map.of("id", AttributeValue.fromS(Integer.toString(i)));
            dynamodb.putItem(put -> put.tableName(table).item(item)).join();
        }
        var adapter = new AmazonDynamoDBStreamsAdapterClient(streams, region);
        var tracker = StreamsSchedulerFactory.createSingleStreamTracker(
                described.table().latestStreamArn(),
                InitialPositionInStreamExtended.newInitialPosition(InitialPositionInStream.TRIM_HORIZON));
        var configs =
                new ConfigsBuilder(tracker, table + "-leases", adapter, dynamodb, cloudWatch, "worker", Processor::new);
        Scheduler scheduler = StreamsSchedulerFactory.createScheduler(
                configs.checkpointConfig(),
                configs.coordinatorConfig(),
                configs.leaseManagementConfig(),
                configs.lifecycleConfig(),
                configs.metricsConfig().metricsFactory(new NullMetricsFactory()),
                configs.processorConfig(),
                configs.retrievalConfig().retrievalSpecificConfig(new DynamoDBStreamsPollingConfig(adapter)),
                adapter);
        Thread worker = new Thread(scheduler, "worker");
        worker.setDaemon(true);
        worker.start();
        boolean inserted = INSERTED.await(SECONDS_MAX, TimeUnit.SECONDS);
        dynamodb.deleteItem(delete -> delete.tableName(table).key(Map.of("id", AttributeValue.fromS("3"))))
                .join();
        boolean removed = inserted && REMOVED.await(SECONDS_MAX, TimeUnit.SECONDS);
        System.out.println(removed ? "all done" : "records are missing: " + INSERTED.getCount());
        System.exit(removed ? 0 : 1);
    }
}

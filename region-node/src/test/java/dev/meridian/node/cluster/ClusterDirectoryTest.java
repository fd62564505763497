package dev.meridian.node.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.meridian.node.RegionNode;
import dev.meridian.node.RegionPorts;
import dev.meridian.node.RegionSettings;
import dev.meridian.node.capacity.Shortage;
import dev.meridian.node.http.DoorGate;
import dev.meridian.node.settings.ServiceSettings;
import dev.meridian.storage.memory.MemoryStore;
import io.vertx.core.Vertx;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletionStage;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;

/** Regions that know each other's names alone find each other's doors through the cluster. */
class ClusterDirectoryTest {

    private static final String HOST = "127.0.0.1";
    private static final String US = "us-east-1";
    private static final String EU = "eu-west-1";

    @Test
    void aTableComesToARegionThatOnlyTheClusterKnows() {
        Vertx vertx = Vertx.vertx();
        RegionNode us = start(vertx, US);
        RegionNode eu = start(vertx, EU);
        us.join(List.of());
        eu.join(us.clusterAddress().stream().toList());
        try (DynamoDbClient here = client(us);
                DynamoDbClient there = client(eu)) {
            here.createTable(request -> request.tableName("cart")
                    .billingMode(BillingMode.PAY_PER_REQUEST)
                    .attributeDefinitions(id -> id.attributeName("id").attributeType(ScalarAttributeType.S))
                    .keySchema(id -> id.attributeName("id").keyType(KeyType.HASH)));
            await(() -> isThere(there));
            here.putItem(request -> request.tableName("cart").item(Map.of("id", AttributeValue.fromS("1"))));
            await(() -> there.scan(request -> request.tableName("cart")).count() == 1);
        } finally {
            List<CompletionStage<Void>> ends = List.of(us.stop(), eu.stop());
            ends.forEach(end -> end.toCompletableFuture().join());
            vertx.close().toCompletionStage().toCompletableFuture().join();
        }
    }

    private static RegionNode start(Vertx vertx, String region) {
        RegionSettings settings = new RegionSettings(
                region,
                HOST,
                0,
                List.of(new RegionSettings.Peer(US, HOST, 0), new RegionSettings.Peer(EU, HOST, 0)),
                4,
                true,
                ServiceSettings.defaults(),
                new RegionSettings.ClusterSettings(true, 0, List.of()));
        RegionPorts ports = new RegionPorts(
                vertx,
                InstantSource.system(),
                System::nanoTime,
                new Random(),
                MemoryStore::immediate,
                UnaryOperator.identity(),
                unknown -> Optional.empty(),
                () -> Shortage.NONE,
                DoorGate.OPEN,
                List.of());
        return RegionNode.start(settings, ports).toCompletableFuture().join();
    }

    private static DynamoDbClient client(RegionNode node) {
        return DynamoDbClient.builder()
                .endpointOverride(URI.create("http://" + HOST + ":" + node.port()))
                .region(Region.of(node.region()))
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("any", "thing")))
                .httpClient(UrlConnectionHttpClient.create())
                .build();
    }

    private static boolean isThere(DynamoDbClient client) {
        try {
            return client.describeTable(request -> request.tableName("cart"))
                    .table()
                    .tableStatusAsString()
                    .equals("ACTIVE");
        } catch (ResourceNotFoundException notYet) {
            return false;
        }
    }

    private static void await(BooleanSupplier condition) {
        long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).isLessThan(deadline);
            Thread.onSpinWait();
        }
    }
}

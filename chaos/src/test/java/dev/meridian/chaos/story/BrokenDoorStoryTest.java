package dev.meridian.chaos.story;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.InternalServerErrorException;
import software.amazon.awssdk.services.dynamodb.model.ProvisionedThroughputExceededException;

/** Doors and disks that fail: who is met, what they are told, and that healing undoes it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BrokenDoorStoryTest {

    private final Regions regions = Regions.inMemory();

    @BeforeAll
    void tables() {
        regions.createTable("cart");
        regions.createTable("other");
    }

    @AfterEach
    void heal() {
        regions.control("POST", "heal", "{}");
    }

    @AfterAll
    void stop() {
        regions.close();
    }

    private HttpResponse<String> rules(String method, String body) throws IOException, InterruptedException {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(
                                        "http://127.0.0.1:" + regions.frontPort() + "/_localstack/chaos/faults"))
                                .method(method, HttpRequest.BodyPublishers.ofString(body))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
    }

    private void put(String region, String table) {
        regions.put(region, table, "1", "x");
    }

    @Test
    void aRuleMeetsItsRegionOperationAndTableOnly() throws Exception {
        rules(
                "POST",
                "[{\"region\":\"us-east-1\",\"operation\":\"PutItem\",\"table\":\"cart\",\"error\":{\"statusCode\":400,"
                        + "\"code\":\"ProvisionedThroughputExceededException\"}}]");
        assertThatExceptionOfType(ProvisionedThroughputExceededException.class)
                .isThrownBy(() -> put(Regions.US, "cart"))
                .withMessageStartingWith("The level of configured provisioned throughput for the table was exceeded.");
        put(Regions.US, "other");
        put(Regions.EU, "cart");
        regions.client(Regions.US).listTables();
        assertThat(rules("GET", "").body()).contains("ProvisionedThroughputExceededException");
        assertThat(regions.control("GET", "world", "")).contains("\"doorFaults\":[{\"region\":\"us-east-1\"");
        regions.control("POST", "heal", "{}");
        put(Regions.US, "cart");
    }

    @Test
    void rulesAreAddedAndTakenAway() throws Exception {
        String rule = "[{\"service\":\"dynamodb\",\"error\":{\"statusCode\":500,\"code\":\"InternalServerError\"}}]";
        assertThat(rules("PATCH", "[{\"service\":\"s3\"}]").statusCode()).isEqualTo(200);
        put(Regions.US, "cart");
        rules("PATCH", rule);
        assertThatExceptionOfType(InternalServerErrorException.class).isThrownBy(() -> put(Regions.US, "cart"));
        rules("DELETE", rule);
        put(Regions.US, "cart");
        assertThat(rules("DELETE", "").body()).isEqualTo("[]");
        assertThat(rules("POST", "[{\"regoin\":1}]").statusCode()).isEqualTo(400);
    }

    @Test
    void accessIsDeniedInTheServicesWords() throws Exception {
        rules("POST", "[{\"error\":{\"statusCode\":400,\"code\":\"AccessDeniedException\"},\"table\":\"cart\"}]");
        assertThatExceptionOfType(DynamoDbException.class)
                .isThrownBy(() -> put(Regions.US, "cart"))
                .matches(denied -> denied.awsErrorDetails().errorCode().equals("AccessDeniedException"))
                .withMessageContaining("is not authorized to perform: dynamodb:PutItem on resource: "
                        + "arn:aws:dynamodb:us-east-1:000000000000:table/cart");
    }

    @Test
    void aRefusedConnectionIsClosedAndReplicationGoesOn() throws Exception {
        rules("POST", "[{\"region\":\"eu-west-1\",\"effect\":\"refuse\"}]");
        assertThatExceptionOfType(SdkClientException.class).isThrownBy(() -> put(Regions.EU, "cart"));
        regions.put(Regions.US, "cart", "2", "through");
        rules("DELETE", "");
        regions.converge();
        assertThat(regions.get(Regions.EU, "cart", "2")).isEqualTo("through");
    }

    @Test
    void aSlowDoorIsLate() throws Exception {
        rules("POST", "[{\"effect\":\"slow\",\"latencyMillis\":300,\"operation\":\"PutItem\"}]");
        long before = System.nanoTime();
        put(Regions.US, "cart");
        assertThat(Duration.ofNanos(System.nanoTime() - before)).isGreaterThanOrEqualTo(Duration.ofMillis(300));
    }

    @Test
    void aFullDiskRefusesWritesServesReadsAndCatchesUp() {
        regions.put(Regions.EU, "cart", "3", "before");
        regions.converge();
        regions.control("PUT", "regions/eu-west-1/disk", "{\"full\":true}");
        assertThatExceptionOfType(DynamoDbException.class)
                .isThrownBy(() -> regions.put(Regions.EU, "cart", "3", "refused"))
                .matches(refused -> refused.statusCode() >= 500);
        assertThat(regions.get(Regions.EU, "cart", "3")).isEqualTo("before");
        regions.put(Regions.US, "cart", "3", "after");
        regions.control("PUT", "regions/eu-west-1/disk", "{}");
        regions.converge();
        assertThat(regions.get(Regions.EU, "cart", "3")).isEqualTo("after");
    }

    @Test
    void aRegionWhoseSyncFailedIsStartedAgainByHealing() {
        regions.put(Regions.EU, "cart", "4", "kept");
        regions.control("PUT", "regions/eu-west-1/disk", "{\"syncError\":true}");
        assertThatExceptionOfType(DynamoDbException.class)
                .isThrownBy(() -> regions.put(Regions.EU, "cart", "4", "unknown"))
                .matches(failed -> failed.statusCode() >= 500);
        regions.control("POST", "heal", "{}");
        regions.put(Regions.EU, "cart", "5", "again");
        regions.converge();
        assertThat(regions.get(Regions.EU, "cart", "4")).isEqualTo("kept");
        assertThat(regions.get(Regions.US, "cart", "5")).isEqualTo("again");
    }
}

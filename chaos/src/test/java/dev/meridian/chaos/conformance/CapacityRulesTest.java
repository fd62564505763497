package dev.meridian.chaos.conformance;

import static dev.meridian.chaos.story.Regions.AP;
import static dev.meridian.chaos.story.Regions.EU;
import static dev.meridian.chaos.story.Regions.US;
import static dev.meridian.chaos.story.StrongTable.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.meridian.chaos.story.Regions;
import dev.meridian.node.settings.ServiceSettings;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.InternalServerErrorException;

/** What replication costs, and what is counted while something is broken on purpose. */
class CapacityRulesTest {

    private static Regions regions;

    @BeforeAll
    static void start() {
        regions = Regions.globalWith(ServiceSettings.of("capacity-metrics = true, time-to-live-sweep-seconds = 0.05"));
    }

    @AfterAll
    static void stop() {
        regions.close();
    }

    private static double units(String table, String source, String region) {
        return figure(
                region,
                "meridian_consumed_write_capacity_units_total\\{table=\"" + table + "\",index=\"\",source=\"" + source
                        + "\",region=\"" + region + "\"}");
    }

    private static double figure(String region, String series) {
        Matcher line = Pattern.compile(series + " ([0-9.E]+)").matcher(metrics(region));
        return line.find() ? Double.parseDouble(line.group(1)) : 0;
    }

    private static String metrics(String region) {
        try {
            URI page = URI.create("http://127.0.0.1:" + regions.world().port(region) + "/metrics");
            return HttpClient.newHttpClient()
                    .send(HttpRequest.newBuilder(page).build(), HttpResponse.BodyHandlers.ofString())
                    .body();
        } catch (java.io.IOException | InterruptedException failure) {
            throw new AssertionError(failure);
        }
    }

    @Test
    @Rule(46)
    void customersWritesAreToldFromReplicatedOnes() {
        regions.createTable("cart");
        regions.put(US, "cart", "1", "x".repeat(1_500));
        regions.put(EU, "cart", "2", "x");
        assertThat(regions.converge()).isTrue();
        assertThat(units("cart", "Customer", US)).isEqualTo(2);
        assertThat(units("cart", "GlobalTable", US)).isEqualTo(1);
        assertThat(units("cart", "Customer", EU)).isEqualTo(1);
        assertThat(units("cart", "GlobalTable", EU)).isEqualTo(2);
        assertThat(units("cart", "Customer", AP)).isZero();
        assertThat(units("cart", "GlobalTable", AP)).isEqualTo(3);
    }

    @Test
    @Rule(40)
    void anExpiredItemCostsNothingWhereItExpiresAndAsMuchAsAnyDeleteElsewhere() {
        regions.createTable("sessions");
        regions.client(US)
                .updateTimeToLive(request -> request.tableName("sessions")
                        .timeToLiveSpecification(ttl -> ttl.enabled(true).attributeName("until")));
        regions.client(US)
                .putItem(request -> request.tableName("sessions")
                        .item(Map.of(
                                "id",
                                AttributeValue.fromS("1"),
                                "v",
                                AttributeValue.fromS("x"),
                                "until",
                                AttributeValue.fromN(
                                        Long.toString(java.time.Instant.now().getEpochSecond() - 10)))));
        for (String region : List.of(US, EU, AP)) {
            await(() -> regions.get(region, "sessions", "1").isEmpty());
        }
        assertThat(regions.converge()).isTrue();
        assertThat(units("sessions", "Customer", US)).isEqualTo(1);
        assertThat(units("sessions", "GlobalTable", EU)).isEqualTo(2);
    }

    @Test
    @Rule(48)
    void errorsThatAFaultBringsAboutAreCounted() {
        regions.createTable("orders");
        regions.control(
                "POST",
                "door/faults",
                "[{\"region\":\"eu-west-1\",\"operation\":\"PutItem\",\"error\":{\"statusCode\":500,\"code\":\"InternalServerError\"}}]");
        assertThatExceptionOfType(InternalServerErrorException.class)
                .isThrownBy(() -> regions.put(EU, "orders", "1", "x"));
        regions.control("POST", "heal", "{}");
        regions.put(EU, "orders", "1", "x");
        assertThat(figure(
                        EU,
                        "meridian_fault_injection_service_induced_errors_total\\{region=\"eu-west-1\","
                                + "table=\"orders\",operation=\"PutItem\"}"))
                .isEqualTo(1);
    }
}

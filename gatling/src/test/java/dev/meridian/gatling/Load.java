package dev.meridian.gatling;

import static io.gatling.javaapi.core.CoreDsl.StringBody;
import static io.gatling.javaapi.http.HttpDsl.http;

import io.gatling.javaapi.http.HttpProtocolBuilder;
import io.gatling.javaapi.http.HttpRequestActionBuilder;
import java.time.Duration;
import java.util.Map;

/**
 * What all simulations share. System properties: {@code rate} (users a second, 50), {@code duration} (seconds, 20),
 * {@code endpoints} (region=URL,…; the doors of ./meridian up), {@code control} (the front door, http://127.0.0.1:8000, for
 * simulations that break something), {@code latencyMillisMax} (99th percentile of a request, 250) and {@code lagMillisMax}
 * (the longest an item may take to appear elsewhere, 2000; set it above an injected latency).
 */
final class Load {

    static final int RATE = Integer.getInteger("rate", 50);
    static final Duration DURATION = Duration.ofSeconds(Integer.getInteger("duration", 20));
    static final int LATENCY_MILLIS_MAX = Integer.getInteger("latencyMillisMax", 250);
    static final int LAG_MILLIS_MAX = Integer.getInteger("lagMillisMax", 2_000);
    static final String CONTROL = System.getProperty("control", "http://127.0.0.1:8000") + "/_meridian/v1/";

    static final Endpoints ENDPOINTS = Endpoints.parse(System.getProperty(
            "endpoints",
            "us-east-1=http://127.0.0.1:8101,eu-west-1=http://127.0.0.1:8102,ap-southeast-2=http://127.0.0.1:8103"));

    static final HttpProtocolBuilder PROTOCOL = http.contentTypeHeader("application/x-amz-json-1.0")
            .header("X-Amz-Date", "20260101T000000Z")
            .shareConnections();

    private Load() {}

    /** Attributes of a session that let {@link #request} go to a region, under the name of a role. */
    static Map<String, Object> as(String role, Endpoints.Region region) {
        return Map.of(role + "Url", region.url(), role + "Authorization", region.authorization());
    }

    /** A request to the region that plays the role. */
    static HttpRequestActionBuilder request(String operation, String role, String body) {
        return request(operation, operation, role, body);
    }

    /** The same under a title of its own in the report. */
    static HttpRequestActionBuilder request(String title, String operation, String role, String body) {
        return http(title)
                .post("#{" + role + "Url}")
                .header("X-Amz-Target", "DynamoDB_20120810." + operation)
                .header("Authorization", "#{" + role + "Authorization}")
                .body(StringBody(body));
    }

    /** A call of the control API, as a user's step. */
    static HttpRequestActionBuilder control(String title, String path) {
        return http(title).post(CONTROL + path).body(StringBody("{}"));
    }
}

package dev.meridian.gatling;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The regions under load, each with its door, and what is asked of them before the load starts. */
record Endpoints(List<Region> regions) {

    private static final Duration READY = Duration.ofSeconds(30);
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    record Region(String name, String url) {

        String authorization() {
            return "AWS4-HMAC-SHA256 Credential=local/20260101/" + name
                    + "/dynamodb/aws4_request, SignedHeaders=host;x-amz-date;x-amz-target, Signature=0";
        }
    }

    /** Reads {@code us-east-1=http://127.0.0.1:8101,eu-west-1=http://…}. */
    static Endpoints parse(String text) {
        List<Region> regions = new ArrayList<>();
        for (String entry : text.split(",")) {
            String[] parts = entry.split("=", 2);
            if (parts.length < 2) {
                throw new IllegalArgumentException(
                        "'" + entry + "' is not region=URL; -Dendpoints takes a list of those");
            }
            regions.add(new Region(parts[0].strip(), parts[1].strip()));
        }
        if (regions.size() < 2) {
            throw new IllegalArgumentException("-Dendpoints needs two regions or more");
        }
        return new Endpoints(regions);
    }

    /** Creates the table, of items by {@code id}, unless it is there; waits until every region has it. */
    void prepare(String table) {
        prepare(
                table,
                "[{\"AttributeName\":\"id\",\"KeyType\":\"HASH\"}]",
                "[{\"AttributeName\":\"id\",\"AttributeType\":\"S\"}]");
    }

    /** The same for items in order, {@code n}, under an {@code id}. */
    void prepareOrdered(String table) {
        prepare(
                table,
                "[{\"AttributeName\":\"id\",\"KeyType\":\"HASH\"},{\"AttributeName\":\"n\",\"KeyType\":\"RANGE\"}]",
                "[{\"AttributeName\":\"id\",\"AttributeType\":\"S\"},{\"AttributeName\":\"n\",\"AttributeType\":\"N\"}]");
    }

    private void prepare(String table, String keySchema, String attributes) {
        Region home = regions.get(0);
        String name = "{\"TableName\":\"" + table + "\"}";
        if (send(home, "DescribeTable", name).statusCode() != 200) {
            HttpResponse<String> created = send(
                    home,
                    "CreateTable",
                    "{\"TableName\":\"" + table + "\",\"BillingMode\":\"PAY_PER_REQUEST\",\"KeySchema\":" + keySchema
                            + ",\"AttributeDefinitions\":" + attributes + "}");
            if (created.statusCode() != 200) {
                throw new IllegalStateException(home.url() + " refuses the table: " + created.body());
            }
        }
        for (Region region : regions) {
            long start = System.nanoTime();
            while (!send(region, "DescribeTable", name).body().contains("\"TableStatus\":\"ACTIVE\"")) {
                if (System.nanoTime() - start > READY.toNanos()) {
                    throw new IllegalStateException("table " + table + " did not become active in " + region.name()
                            + " within " + READY.toSeconds() + " s: is it a global table there?");
                }
            }
        }
    }

    /** Sends one request, outside of what is measured. */
    static HttpResponse<String> send(Region region, String operation, String body) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(region.url()))
                .header("Content-Type", "application/x-amz-json-1.0")
                .header("X-Amz-Target", "DynamoDB_20120810." + operation)
                .header("X-Amz-Date", "20260101T000000Z")
                .header("Authorization", region.authorization())
                .timeout(READY)
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        try {
            return CLIENT.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException failure) {
            throw new IllegalStateException(
                    "no server answers at " + region.url() + " (" + region.name()
                            + "): start one with ./meridian up, or name others with -Dendpoints",
                    failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }
}

package dev.meridian.chaos.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.meridian.chaos.story.Regions;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

/** An account in a region. */
record Account(Regions regions, String number, String region) {

    String arn(String table) {
        return "arn:aws:dynamodb:" + region + ":" + number + ":table/" + table;
    }

    String call(String operation, String table, String members) {
        return send(operation, "{'TableName':'" + table + "'" + (members.isEmpty() ? "" : ",") + members + "}");
    }

    String send(String operation, String json) {
        try {
            return HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + regions.frontPort()))
                                    .header("Content-Type", "application/x-amz-json-1.0")
                                    .header("X-Amz-Target", "DynamoDB_20120810." + operation)
                                    .header(
                                            "Authorization",
                                            "AWS4-HMAC-SHA256 Credential=" + number + "/20310506/" + region
                                                    + "/dynamodb/aws4_request, SignedHeaders=host, Signature=00")
                                    .POST(HttpRequest.BodyPublishers.ofString(json.replace('\'', '"')))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString())
                    .body();
        } catch (IOException | InterruptedException failure) {
            throw new AssertionError(failure);
        }
    }

    void put(String table, String id, String value) {
        String answer = call("PutItem", table, "'Item':{'id':{'S':'" + id + "'},'v':{'S':'" + value + "'}}");
        assertThat(answer).isEqualTo("{}");
    }

    String get(String table, String id) {
        return call("GetItem", table, "'Key':{'id':{'S':'" + id + "'}}");
    }

    String describe(String table) {
        return call("DescribeTable", table, "");
    }

    void deletes(String table) {
        assertThat(call("DeleteTable", table, "")).contains("DELETING");
        AccountRulesTest.await(() -> describe(table).contains("ResourceNotFoundException"));
    }
}

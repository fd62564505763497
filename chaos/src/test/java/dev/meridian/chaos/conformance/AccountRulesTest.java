package dev.meridian.chaos.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.meridian.chaos.story.Regions;
import dev.meridian.node.settings.ServiceSettings;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;

/** Global tables of several accounts, which Meridian says it does not have. Only Meridian is asked, as the SDK here does not know them. */
class AccountRulesTest {

    private static final String MODE = "\"GlobalTableSettingsReplicationMode\":";
    private static final String DEFINITION = "\"BillingMode\":\"PAY_PER_REQUEST\",\"AttributeDefinitions\":["
            + "{\"AttributeName\":\"id\",\"AttributeType\":\"S\"}],\"KeySchema\":[{\"AttributeName\":\"id\",\"KeyType\":\"HASH\"}]";

    @Test
    @Rule(63)
    void aReplicaInAnotherAccountIsRefusedWithTheReason() throws Exception {
        try (Regions regions = Regions.withService(ServiceSettings.defaults())) {
            assertThat(create(
                            regions,
                            "\"GlobalTableSourceArn\":\"arn:aws:dynamodb:eu-west-1:111122223333:table/cart\"," + MODE
                                    + "\"ENABLED\""))
                    .contains("ValidationException")
                    .contains("Meridian does not serve CreateTable with GlobalTableSourceArn: it has one account");
            for (String mode : new String[] {"ENABLED", "DISABLED"}) {
                assertThat(create(regions, DEFINITION + "," + MODE + "\"" + mode + "\""))
                        .contains("ValidationException")
                        .contains("it has one account, whose global tables are ENABLED_WITH_OVERRIDES");
            }
            assertThat(regions.client(Regions.US).listTables().tableNames()).isEmpty();
            assertThat(create(regions, DEFINITION + "," + MODE + "\"ENABLED_WITH_OVERRIDES\""))
                    .contains("TableDescription");
        }
    }

    private static String create(Regions regions, String members) throws Exception {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + regions.frontPort()))
                                .header("Content-Type", "application/x-amz-json-1.0")
                                .header("X-Amz-Target", "DynamoDB_20120810.CreateTable")
                                .POST(HttpRequest.BodyPublishers.ofString("{\"TableName\":\"cart\"," + members + "}"))
                                .build(),
                        HttpResponse.BodyHandlers.ofString())
                .body();
    }
}

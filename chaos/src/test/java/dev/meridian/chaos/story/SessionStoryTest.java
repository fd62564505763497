package dev.meridian.chaos.story;

import static dev.meridian.chaos.story.SessionCalls.SESSION;
import static org.assertj.core.api.Assertions.assertThat;

import dev.meridian.node.settings.ServiceSettings;
import java.net.http.HttpResponse;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Who carries a token sees in every region what it has written in another; who does not may not. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SessionStoryTest {

    private final Regions regions = Regions.globalWith(ServiceSettings.of("session-wait-seconds = 1.5"));
    private final SessionCalls session = new SessionCalls(regions);

    @BeforeAll
    void table() {
        regions.createTable("cart");
    }

    @AfterEach
    void heal() {
        regions.control("POST", "heal", "{}");
        assertThat(regions.converge()).isTrue();
    }

    @AfterAll
    void stop() {
        regions.close();
    }

    @Test
    void aReadWithTheTokenSeesTheWriteAndOneWithoutMayNot() {
        for (String link : new String[] {"us-east-1/eu-west-1", "us-east-1/ap-southeast-2"}) {
            regions.control("PUT", "links/" + link, "{\"oneWayMillis\":400}");
        }
        for (int n = 0; n < 3; n++) {
            String token = session.put(Regions.US, "1", "v" + n, "new");
            assertThat(session.get(Regions.EU, "1", "").body())
                    .as("the control: nothing is promised")
                    .doesNotContain("\"v" + n + "\"");
            assertThat(session.get(Regions.EU, "1", token).body()).contains("\"v" + n + "\"");
        }
    }

    @Test
    void everyKindOfWriteIsCarried() {
        regions.control("PUT", "links/us-east-1/eu-west-1", "{\"oneWayMillis\":200}");
        String[][] writes = {
            {
                "UpdateItem",
                "{'TableName':'cart','Key':{'id':{'S':'u'}},'UpdateExpression':'SET v = :v',"
                        + "'ExpressionAttributeValues':{':v':{'S':'update'}}}",
                "u",
                "update"
            },
            {
                "BatchWriteItem",
                "{'RequestItems':{'cart':[{'PutRequest':{'Item':{'id':{'S':'b'},'v':{'S':'batch'}}}}]}}",
                "b",
                "batch"
            },
            {
                "TransactWriteItems",
                "{'TransactItems':[{'Put':{'TableName':'cart','Item':{'id':{'S':'t'},'v':{'S':'transaction'}}}}]}",
                "t",
                "transaction"
            },
            {
                "ExecuteStatement",
                "{'Statement':'INSERT INTO cart VALUE {\\u0027id\\u0027:?,\\u0027v\\u0027:?}',"
                        + "'Parameters':[{'S':'p'},{'S':'statement'}]}",
                "p",
                "statement"
            },
        };
        for (String[] write : writes) {
            HttpResponse<String> written = session.call(Regions.US, write[0], write[1], "new");
            assertThat(written.statusCode()).as(written.body()).isEqualTo(200);
            String token = written.headers().firstValue(SESSION).orElse("");
            assertThat(session.get(Regions.EU, write[2], token).body())
                    .as(write[0])
                    .contains(write[3]);
        }
    }

    @Test
    void aTokenGathersWhatWasWrittenInSeveralRegions() {
        String token = session.put(Regions.EU, "3", "eu", session.put(Regions.US, "2", "us", "new"));
        assertThat(session.get(Regions.AP, "2", token).body()).contains("\"us\"");
        HttpResponse<String> last = session.get(Regions.AP, "3", token);
        assertThat(last.body()).contains("\"eu\"");
        assertThat(last.headers().firstValue(SESSION))
                .as("a read gives it back")
                .hasValue(token);
    }

    @Test
    void aReadWaitsNoLongerThanIsSetAndComesAfterHealing() throws Exception {
        regions.control("POST", "links/us-east-1/eu-west-1:cut", "{}");
        String token = session.put(Regions.US, "4", "cut", "new");

        HttpResponse<String> late = session.get(Regions.EU, "4", token);
        assertThat(late.statusCode()).isEqualTo(500);
        assertThat(late.body())
                .isEqualTo("{\"__type\":\"com.amazonaws.dynamodb.v20120810#InternalServerError\",\"message\":"
                        + "\"This region has not yet applied what the session has written in others; try again\"}");
        assertThat(session.get(Regions.EU, "4", "").body()).isEqualTo("{}");
        assertThat(session.get(Regions.US, "4", token).body()).contains("cut");

        CompletableFuture<HttpResponse<String>> waiting = session.beginGet(Regions.EU, "4", token);
        regions.control("POST", "heal", "{}");
        HttpResponse<String> answer = waiting.get();
        for (int tries = 0; answer.statusCode() == 500 && tries < 20; tries++) {
            answer = session.get(Regions.EU, "4", token);
        }
        assertThat(answer.body()).contains("cut");
    }

    @Test
    void aTokenOutlivesTheRegionThatGaveIt() {
        String token = session.put(Regions.US, "5", "before", "new");
        regions.control("POST", "regions/us-east-1:kill", "{}");
        regions.control("POST", "heal", "{}");
        assertThat(session.get(Regions.US, "5", token).body()).contains("before");
        assertThat(session.get(Regions.EU, "5", token).body()).contains("before");
    }

    @Test
    void whatIsNoTokenIsRefused() {
        HttpResponse<String> refused = session.get(Regions.US, "1", "mine");
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.body())
                .isEqualTo("{\"__type\":\"com.amazon.coral.validate#ValidationException\",\"message\":"
                        + "\"x-meridian-session is 'new' or a token that an answer carried\"}");
    }
}

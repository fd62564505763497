package dev.meridian.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.meridian.chaos.drill.DrillLibrary;
import dev.meridian.chaos.drill.DrillParser;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** {@code conflicts}, {@code replication} and {@code item} name items as people do, and never say that all is well of what is not there. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LookingCommandsTest {

    private DrillWorld world;

    private record Outcome(int code, String out, String err) {}

    @BeforeAll
    void start() throws IOException {
        world = DrillWorld.start(DrillParser.parse(DrillLibrary.starter("mine")));
        String definition =
                "{'TableName':'cart','BillingMode':'PAY_PER_REQUEST','AttributeDefinitions':[{'AttributeName':'id',"
                        + "'AttributeType':'S'}],'KeySchema':[{'AttributeName':'id','KeyType':'HASH'}]}";
        call("us-east-1", "CreateTable", definition);
        assertThat(run("converge").code()).isZero();
        run("link", "cut", "us-east-1", "eu-west-1");
        call("us-east-1", "PutItem", "{'TableName':'cart','Item':{'id':{'S':'1'},'from':{'S':'Virginia'}}}");
        call("eu-west-1", "PutItem", "{'TableName':'cart','Item':{'id':{'S':'1'},'from':{'S':'Dublin'}}}");
        run("heal", "--all");
        assertThat(run("converge").code()).isZero();
    }

    @AfterAll
    void stop() {
        world.close();
    }

    private Outcome run(String... arguments) {
        PrintStream out = System.out;
        PrintStream err = System.err;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        ByteArrayOutputStream complained = new ByteArrayOutputStream();
        System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
        System.setErr(new PrintStream(complained, true, StandardCharsets.UTF_8));
        try {
            String[] all = java.util.Arrays.copyOf(arguments, arguments.length + 2);
            all[arguments.length] = "--url";
            all[arguments.length + 1] = world.url();
            int code = Meridian.run(all);
            return new Outcome(
                    code, printed.toString(StandardCharsets.UTF_8), complained.toString(StandardCharsets.UTF_8));
        } finally {
            System.setOut(out);
            System.setErr(err);
        }
    }

    private void call(String region, String operation, String body) {
        try {
            int status = HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(URI.create(world.url()))
                                    .header("Content-Type", "application/x-amz-json-1.0")
                                    .header("X-Amz-Target", "DynamoDB_20120810." + operation)
                                    .header(
                                            "Authorization",
                                            "AWS4-HMAC-SHA256 Credential=any/20310506/" + region
                                                    + "/dynamodb/aws4_request, SignedHeaders=host, Signature=00")
                                    .POST(HttpRequest.BodyPublishers.ofString(body.replace('\'', '"')))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString())
                    .statusCode();
            assertThat(status).isEqualTo(200);
        } catch (IOException | InterruptedException failure) {
            throw new AssertionError(failure);
        }
    }

    @Test
    void aConflictNamesTheItemByItsKey() {
        assertThat(run("conflicts", "cart").out())
                .contains("cart  {\"id\":{\"S\":\"1\"}}  seen in ")
                .contains("\"from\":{\"S\":\"Virginia\"}");
        assertThat(run("conflicts", "cart", "--json-lines").out()).contains("\"itemKey\":{\"id\":{\"S\":\"1\"}}");
        assertThat(run("item", "history", "cart", "id=1").out()).contains("\"from\":{\"S\":\"Virginia\"}");
    }

    @Test
    void conflictsAreFoundByHowLongAgoTheyWere() {
        assertThat(run("conflicts", "cart", "--since", "1h").out()).contains("Virginia");
        assertThat(run("conflicts", "cart", "--until", "1h").out()).contains("No write has been lost");
        Outcome never = run("conflicts", "cart", "--since", "yesterday");
        assertThat(never.code()).isEqualTo(ExitCode.USAGE);
        assertThat(never.err())
                .contains("--since is a time like 2031-05-06T07:08:09Z, or 10m for ten minutes ago")
                .doesNotContain("Exception");
    }

    @Test
    void aDifferenceIsToldWithWhatWillComeOfIt() {
        String definition =
                "'BillingMode':'PAY_PER_REQUEST','AttributeDefinitions':[{'AttributeName':'id','AttributeType':'S'}],"
                        + "'KeySchema':[{'AttributeName':'id','KeyType':'HASH'}]}";
        Map<String, String> verdicts = Map.of(
                "last-writer", "DIVERGED: the later write wins",
                "attributes", "DIVERGED: the later write of each attribute wins",
                "priority=us-east-1", "DIVERGED: of concurrent writes, that of us-east-1 wins");
        List<String> policies = List.copyOf(verdicts.keySet());
        for (int i = 0; i < policies.size(); i++) {
            call("us-east-1", "CreateTable", "{'TableName':'diff" + i + "'," + definition);
            assertThat(run("converge").code()).isZero();
            run("table", "policy", "diff" + i, policies.get(i));
        }
        run("link", "cut", "us-east-1", "eu-west-1");
        try {
            for (int i = 0; i < policies.size(); i++) {
                call("us-east-1", "PutItem", "{'TableName':'diff" + i + "','Item':{'id':{'S':'1'}}}");
                Outcome diff = run("item", "diff", "diff" + i, "id=1");
                assertThat(diff.code()).isEqualTo(ExitCode.FAILED);
                assertThat(diff.out()).contains(Objects.requireNonNull(verdicts.get(policies.get(i))));
            }
        } finally {
            run("heal", "--all");
        }
    }

    @Test
    void whatIsNotThereIsSaidSo() {
        Outcome table = run("conflicts", "carts");
        assertThat(table.code()).isEqualTo(ExitCode.USAGE);
        assertThat(table.err()).contains("no table carts");
        assertThat(run("conflicts", "cart", "--limit", "-3").err()).contains("--limit is at least 1");
        Outcome region = run("conflicts", "cart", "--region", "mars-1");
        assertThat(region.code()).isEqualTo(ExitCode.USAGE);
        assertThat(region.err()).contains("no region mars-1; there are [us-east-1, eu-west-1");
        Outcome replication = run("replication", "carts");
        assertThat(replication.code()).isEqualTo(ExitCode.USAGE);
        assertThat(replication.err()).contains("no table carts that is replicated");
    }

    @Test
    void aRegionThatDoesNotAnswerIsNamed() {
        run("region", "kill", "eu-west-1");
        try {
            Outcome conflicts = run("conflicts", "cart", "--key", "id=2");
            assertThat(conflicts.out()).contains("No conflict is on record where regions answer.");
            assertThat(conflicts.err()).contains("eu-west-1 does not answer");
        } finally {
            run("region", "heal", "eu-west-1");
        }
    }
}

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
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** {@code table policy} sets one and shows it; {@code region forget} gives a dead region up, and only a dead one. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TableCommandTest {

    private DrillWorld world;

    private record Outcome(int code, String out, String err) {}

    @BeforeAll
    void start() throws IOException {
        world = DrillWorld.start(DrillParser.parse(DrillLibrary.starter("mine")));
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

    private String call(String operation, String body) {
        try {
            return HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(URI.create(world.url()))
                                    .header("Content-Type", "application/x-amz-json-1.0")
                                    .header("X-Amz-Target", "DynamoDB_20120810." + operation)
                                    .POST(HttpRequest.BodyPublishers.ofString(body))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString())
                    .body();
        } catch (IOException | InterruptedException failure) {
            throw new AssertionError(failure);
        }
    }

    private void createTable(String name) {
        call(
                "CreateTable",
                "{\"TableName\":\"" + name
                        + "\",\"BillingMode\":\"PAY_PER_REQUEST\",\"AttributeDefinitions\":[{\"AttributeName\":\"id\","
                        + "\"AttributeType\":\"S\"}],\"KeySchema\":[{\"AttributeName\":\"id\",\"KeyType\":\"HASH\"}]}");
        assertThat(run("converge").code()).isZero();
    }

    @Test
    void aPolicyIsSetOnAnEmptyTableInEveryRegionAndShown() {
        createTable("prices");
        assertThat(run("table", "policy", "prices").out())
                .containsPattern("us-east-1 +last-writer")
                .containsPattern("eu-west-1 +last-writer");
        Outcome set = run("table", "policy", "prices", "priority=us-east-1");
        assertThat(set.code()).isZero();
        assertThat(set.out())
                .containsPattern("us-east-1 +priority=us-east-1")
                .containsPattern("eu-west-1 +priority=us-east-1");
        assertThat(run("table", "policy", "prices", "-o", "json").out()).isNotEmpty();
    }

    @Test
    void aPolicyThatCannotBeIsRefusedWithASentence() {
        createTable("carts");
        Outcome unknown = run("table", "policy", "carts", "coin-toss");
        assertThat(unknown.code()).isNotZero();
        assertThat(unknown.err()).contains("no such policy: 'coin-toss'").doesNotContain("Exception");
        assertThat(run("table", "policy", "none", "last-writer").err()).contains("there is no table none");
        call("PutItem", "{\"TableName\":\"carts\",\"Item\":{\"id\":{\"S\":\"1\"}}}");
        assertThat(run("converge").code()).isZero();
        assertThat(run("table", "policy", "carts", "priority=us-east-1").err()).contains("carts holds items");
    }

    @Test
    void aRegionIsForgottenWhenItIsDeadAndThenTheOthersListItNoMore() {
        createTable("orders");
        Outcome alive = run("region", "forget", "eu-west-1");
        assertThat(alive.code()).isNotZero();
        assertThat(alive.err()).contains("eu-west-1 is not dead");
        run("region", "kill", "eu-west-1");
        try {
            Outcome forgotten = run("region", "forget", "eu-west-1");
            assertThat(forgotten.code()).isZero();
            assertThat(forgotten.out()).contains("eu-west-1 is a member of no global table any more");
            assertThat(call("DescribeTable", "{\"TableName\":\"orders\"}")).doesNotContain("eu-west-1");
        } finally {
            run("region", "heal", "eu-west-1");
        }
    }
}

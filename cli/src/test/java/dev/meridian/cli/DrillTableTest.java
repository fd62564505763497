package dev.meridian.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.meridian.chaos.drill.Drill;
import dev.meridian.chaos.drill.DrillParser;
import dev.meridian.chaos.drill.DrillResult;
import dev.meridian.chaos.drill.DrillRun;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/** What a drill leaves behind in regions that go on running: nothing of its own, and everything of others. */
class DrillTableTest {

    private static final List<String> REGIONS = List.of("us-east-1", "eu-west-1", "ap-southeast-2");

    private static Drill drill(String topology, String load) {
        return DrillParser.parse("""
                apiVersion: meridian/v1
                kind: Drill
                metadata: { name: tidy }
                spec:
                  topology: { %s }
                  load: { mode: any-region, rate: 50/s, %s, keys: 10, puts: 50 }
                  steps:
                    - { at: 300ms, for: 1s, fault: region-kill, region: us-east-1 }
                """.formatted(topology, load));
    }

    private static final Drill SHORT = drill("regions: [us-east-1, eu-west-1]", "for: 2s");
    private static final Drill THREE = drill("regions: [us-east-1, eu-west-1, ap-southeast-2]", "for: 2s");

    private static final Drill STRONG =
            drill("regions: [us-east-1, eu-west-1, ap-southeast-2], consistency: strong", "for: 3s");

    private static DrillRun run(Drill drill, DrillWorld world, List<String> said) {
        return new DrillRun(drill, world.url(), System::nanoTime, () -> LockSupport.parkNanos(1_000_000), said::add);
    }

    private static String call(DrillWorld world, String region, String operation, String body) throws Exception {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(world.url() + "/"))
                                .header("X-Amz-Target", "DynamoDB_20120810." + operation)
                                .header("Content-Type", "application/x-amz-json-1.0")
                                .header(
                                        "Authorization",
                                        "AWS4-HMAC-SHA256 Credential=someone/20310506/" + region
                                                + "/dynamodb/aws4_request, SignedHeaders=host, Signature=00")
                                .POST(HttpRequest.BodyPublishers.ofString(body))
                                .build(),
                        HttpResponse.BodyHandlers.ofString())
                .body();
    }

    private static void assertTables(DrillWorld world, String... names) throws Exception {
        for (String region : REGIONS) {
            String expected = names.length == 0 ? "" : "\"" + String.join("\",\"", names) + "\"";
            assertThat(call(world, region, "ListTables", "{}"))
                    .as(region)
                    .isEqualToIgnoringWhitespace("{\"TableNames\":[" + expected + "]}");
        }
    }

    @Test
    void deletesItsTableInEveryRegionAndNobodyElses() throws Exception {
        try (DrillWorld world = DrillWorld.start(THREE)) {
            call(world, "us-east-1", "CreateTable", """
                    {"TableName":"drill-tidy","BillingMode":"PAY_PER_REQUEST",
                     "AttributeDefinitions":[{"AttributeName":"id","AttributeType":"S"}],
                     "KeySchema":[{"AttributeName":"id","KeyType":"HASH"}]}""");
            List<String> said = new CopyOnWriteArrayList<>();
            // The table comes to stand in a region that the drill does not name, too.
            DrillResult result = run(SHORT, world, said).run();
            assertThat(result.verdict()).as(result.reason()).isEqualTo(DrillResult.Verdict.PASSED);
            assertThat(said).last().isEqualTo("table drill-tidy-2 deleted");
            assertTables(world, "drill-tidy");
        }
    }

    @Test
    void leavesItsTableWhereThatIsWished() throws Exception {
        try (DrillWorld world = DrillWorld.start(THREE)) {
            run(SHORT, world, new CopyOnWriteArrayList<>()).keepingTable().run();
            assertTables(world, "drill-tidy");
        }
    }

    @Test
    void deletesItsTableWhenItIsStopped() throws Exception {
        try (DrillWorld world = DrillWorld.start(THREE)) {
            AtomicReference<DrillRun> running = new AtomicReference<>();
            List<String> said = new CopyOnWriteArrayList<>() {
                @Override
                public boolean add(String line) {
                    if (line.contains("us-east-1 killed")) {
                        Objects.requireNonNull(running.get()).stop();
                    }
                    return super.add(line);
                }
            };
            running.set(run(THREE, world, said));
            assertThat(Objects.requireNonNull(running.get()).run().verdict())
                    .isEqualTo(DrillResult.Verdict.INCONCLUSIVE);
            assertTables(world);
        }
    }

    @Test
    void takesAStronglyConsistentTableApart() throws Exception {
        try (DrillWorld world = DrillWorld.start(STRONG)) {
            run(STRONG, world, new CopyOnWriteArrayList<>()).run();
            assertTables(world);
        }
    }

    @Test
    void deletesATableThatNeverCameToBeInUse() throws Exception {
        try (DrillWorld world = DrillWorld.start(STRONG)) {
            DrillRun run = run(
                    drill("regions: [us-east-1, eu-west-1, eu-south-9], consistency: strong", "for: 2s"),
                    world,
                    new CopyOnWriteArrayList<>());
            assertThatIllegalStateException()
                    .isThrownBy(run::run)
                    .withMessageContaining("strongly consistent was refused");
            assertTables(world);
        }
    }
}

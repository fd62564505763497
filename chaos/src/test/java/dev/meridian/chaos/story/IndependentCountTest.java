package dev.meridian.chaos.story;

import static org.assertj.core.api.Assertions.assertThat;

import dev.meridian.chaos.control.ControlResource;
import dev.meridian.chaos.drill.Drill;
import dev.meridian.chaos.drill.DrillLibrary;
import dev.meridian.chaos.drill.DrillParser;
import dev.meridian.chaos.drill.DrillResult;
import dev.meridian.chaos.drill.DrillRun;
import dev.meridian.chaos.fault.FaultBoard;
import dev.meridian.chaos.fault.LatencyPreset;
import dev.meridian.chaos.report.ResultFiles;
import dev.meridian.chaos.report.RunEnvironment;
import dev.meridian.chaos.world.InProcessWorld;
import dev.meridian.chaos.world.KillMode;
import dev.meridian.chaos.world.World;
import dev.meridian.node.RegionFolder;
import dev.meridian.node.RegionSettings;
import dev.meridian.node.http.FrontDoor;
import dev.meridian.node.settings.ServiceSettings;
import dev.meridian.storage.leveldb.LevelDbStore;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * RPO counted twice. The drill says how many acknowledged writes no survivor held; here the same is counted by other means: what the
 * clients were acknowledged as the log of operations tells it, line by line, and the survivors' tables as an SDK scans them in the
 * moment before the lost region is started again. {@code -Dcount=10} runs the drill as it is, ten times; otherwise it is run once,
 * a third as long.
 */
class IndependentCountTest {

    private static final Pattern LINE = Pattern.compile(
            "\\{\"number\":(\\d+),\"type\":\"(\\w+)\",\"key\":\"([^\"]+)\",\"region\":\"([^\"]+)\",.*\"outcome\":\"(\\w+)\".*");
    private static final String HOST = "127.0.0.1";

    @TempDir
    private Path folder = Path.of("");

    private final Set<String> heldBySurvivors = new HashSet<>();

    static List<Integer> runs() {
        return IntStream.rangeClosed(1, Integer.getInteger("count", 1)).boxed().toList();
    }

    private static Drill drill() {
        String text = DrillLibrary.text("lose-us-east-1").orElseThrow();
        boolean isBrief = Integer.getInteger("count", 0) == 0;
        return DrillParser.parse(
                isBrief
                        ? text.replace("30s, keys", "10s, keys").replace("at: 10s, for: 15s", "at: 4s, for: 4s")
                        : text);
    }

    @ParameterizedTest
    @MethodSource("runs")
    void theReportCountsWhatAnyoneCanCount(int run) throws IOException {
        Drill drill = drill();
        DrillResult result = run(drill);
        Path report = folder.resolve("report");
        ResultFiles.write(result, RunEnvironment.here("test", RunEnvironment.Mode.REAL_TIME, ""), report);

        Set<String> missing = new HashSet<>();
        int acknowledged = 0;
        for (String line : Files.readAllLines(report.resolve("timeline.jsonl"))) {
            Matcher operation = LINE.matcher(line);
            assertThat(operation.matches()).as(line).isTrue();
            if (operation.group(2).equals("put")
                    && operation.group(4).equals("us-east-1")
                    && operation.group(5).equals("done")) {
                acknowledged++;
                if (!heldBySurvivors.contains(operation.group(3))) {
                    missing.add(operation.group(3));
                }
            }
        }
        System.out.printf(
                "run %d: %d acknowledged in us-east-1; missing: the report says %.0f, counted %d%n",
                run, acknowledged, result.measures().get("rpo.writes"), missing.size());
        assertThat(acknowledged).isPositive();
        assertThat(result.measures().get("rpo.writes")).isEqualTo((double) missing.size());
        assertThat(result.measures()).containsEntry("lost-acknowledged-writes", 0.0);
    }

    private DrillResult run(Drill drill) {
        List<String> names = drill.topology().regions();
        Vertx vertx = Vertx.vertx();
        World world = InProcessWorld.start(new InProcessWorld.Setting(
                        vertx,
                        HOST,
                        names.stream()
                                .map(name -> new RegionSettings.Peer(name, HOST, 0))
                                .toList(),
                        4,
                        true,
                        ServiceSettings.defaults(),
                        KillMode.REFUSE,
                        new FaultBoard(LatencyPreset.of("aws", names)),
                        region -> () -> LevelDbStore.open(RegionFolder.of(folder, region)),
                        region -> {},
                        InstantSource.system(),
                        System::nanoTime,
                        new Random(1)))
                .toCompletableFuture()
                .join();
        World watched = watched(world, "drill-" + drill.name());
        FrontDoor door = new FrontDoor(
                vertx, names, world::target, List.of(new ControlResource(vertx, watched, HOST, System::nanoTime)));
        int port = door.open(HOST, 0).toCompletableFuture().join();
        try {
            return new DrillRun(
                            drill,
                            "http://" + HOST + ":" + port,
                            System::nanoTime,
                            () -> LockSupport.parkNanos(1_000_000),
                            said -> {})
                    .run();
        } finally {
            door.close().toCompletableFuture().join();
            world.stop().toCompletableFuture().join();
            vertx.close().toCompletionStage().toCompletableFuture().join();
        }
    }

    /** The world, but that the survivors' tables are looked at before a region is started again. */
    private World watched(World world, String table) {
        return (World) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {World.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("heal") && world.state((String) arguments[0]) == World.State.KILLED) {
                        return CompletableFuture.runAsync(() -> lookAtSurvivors(world, (String) arguments[0], table))
                                .thenCompose(seen -> world.heal((String) arguments[0]));
                    }
                    try {
                        return method.invoke(world, arguments);
                    } catch (InvocationTargetException refused) {
                        throw refused.getCause();
                    }
                });
    }

    private void lookAtSurvivors(World world, String lost, String table) {
        for (String survivor : world.regions()) {
            if (!survivor.equals(lost)) {
                try (DynamoDbClient client = Regions.client(survivor, world.port(survivor))) {
                    client.scanPaginator(request -> request.tableName(table).consistentRead(true))
                            .items()
                            .forEach(item -> heldBySurvivors.add(item.get("id").s()));
                }
            }
        }
    }
}

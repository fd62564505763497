package dev.meridian.chaos.story;

import static dev.meridian.chaos.story.Regions.AP;
import static dev.meridian.chaos.story.Regions.EU;
import static dev.meridian.chaos.story.Regions.US;
import static org.assertj.core.api.Assertions.assertThat;

import dev.meridian.chaos.conformance.Rule;
import dev.meridian.chaos.linearizability.Linearizability;
import dev.meridian.chaos.linearizability.RegisterOperation;
import dev.meridian.storage.memory.MemoryStore;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.ReplicatedWriteConflictException;

/** Clients in three regions write and read one item while links fail: what they saw is that of one copy. */
class StrongHistoryStoryTest {

    private static final int CALLS = 60;
    private static final int CALLS_UNTIL_MET_MAX = 100 * CALLS;

    private final List<RegisterOperation> history = Collections.synchronizedList(new ArrayList<>());
    private final AtomicInteger conflicts = new AtomicInteger();
    private Regions regions;

    @BeforeEach
    void start() {
        regions = Regions.regionalWith(region -> MemoryStore::immediate);
    }

    @AfterEach
    void stop() {
        regions.close();
    }

    @Test
    @Rule({56, 57})
    void whatClientsInThreeRegionsSawIsLinearizable() throws InterruptedException {
        StrongTable.replicated(regions, "seats");
        List<Thread> clients = new ArrayList<>();
        for (String region : List.of(US, EU, AP)) {
            Thread client = new Thread(() -> use(region), region);
            clients.add(client);
            client.start();
        }
        for (String region : List.of(EU, US)) {
            StrongTable.cutOff(regions, region);
            int soFar = history.size();
            StrongTable.await(
                    () -> history.size() > soFar + 10 || !clients.get(2).isAlive());
            regions.control("POST", "heal", "{}");
        }
        for (Thread client : clients) {
            client.join();
        }
        assertThat(Linearizability.breach("", List.copyOf(history))).isEmpty();
    }

    @Test
    @Rule(57)
    void aCounterLosesNoIncrementThatWasAcknowledged() throws InterruptedException {
        StrongTable.replicated(regions, "counters");
        AtomicInteger acknowledged = new AtomicInteger();
        AtomicInteger unknown = new AtomicInteger();
        List<Thread> clients = new ArrayList<>();
        for (String region : List.of(US, EU, AP)) {
            Thread client = new Thread(
                    () -> {
                        // On a busy machine clients may be served one after another, and then never meet.
                        for (int i = 0; i < CALLS || (conflicts.get() == 0 && i < CALLS_UNTIL_MET_MAX); i++) {
                            increment(region, acknowledged, unknown);
                        }
                    },
                    region);
            clients.add(client);
            client.start();
        }
        for (Thread client : clients) {
            client.join();
        }
        String count = regions.client(EU)
                .getItem(request -> request.tableName("counters")
                        .key(Map.of("id", AttributeValue.fromS("hits")))
                        .consistentRead(true))
                .item()
                .get("n")
                .n();
        assertThat(Integer.parseInt(count)).isBetween(acknowledged.get(), acknowledged.get() + unknown.get());
        assertThat(conflicts.get()).isPositive();
    }

    private void increment(String region, AtomicInteger acknowledged, AtomicInteger unknown) {
        try {
            regions.client(region)
                    .updateItem(request -> request.tableName("counters")
                            .key(Map.of("id", AttributeValue.fromS("hits")))
                            .updateExpression("ADD n :one")
                            .expressionAttributeValues(Map.of(":one", AttributeValue.fromN("1"))));
            acknowledged.incrementAndGet();
        } catch (ReplicatedWriteConflictException overtaken) {
            conflicts.incrementAndGet();
        } catch (SdkException noAnswer) {
            unknown.incrementAndGet();
        }
    }

    private void use(String region) {
        Random random = new Random(region.hashCode());
        String seen = "";
        for (int i = 0; i < CALLS; i++) {
            long begin = System.nanoTime();
            if (random.nextInt(3) == 0) {
                seen = read(region, begin, seen);
            } else if (random.nextBoolean()) {
                write(region, begin, region + i);
            } else {
                swap(region, begin, seen, region + i);
            }
        }
    }

    private String read(String region, long begin, String before) {
        try {
            String value = StrongTable.read(regions, region, "seats", "12A");
            history.add(new RegisterOperation(begin, System.nanoTime(), new RegisterOperation.Read(value)));
            return value;
        } catch (SdkException unreachable) {
            return before;
        }
    }

    private void write(String region, long begin, String value) {
        long end = RegisterOperation.NEVER;
        try {
            regions.put(region, "seats", "12A", value);
            end = System.nanoTime();
        } catch (ReplicatedWriteConflictException overtaken) {
            return;
        } catch (SdkException unknown) {
            // It may have taken place.
        }
        history.add(new RegisterOperation(begin, end, new RegisterOperation.Write(value)));
    }

    private void swap(String region, long begin, String expected, String value) {
        long end = RegisterOperation.NEVER;
        try {
            regions.client(region)
                    .putItem(request -> request.tableName("seats")
                            .item(Map.of("id", AttributeValue.fromS("12A"), "v", AttributeValue.fromS(value)))
                            .conditionExpression(expected.isEmpty() ? "attribute_not_exists(v)" : "v = :expected")
                            .expressionAttributeValues(
                                    expected.isEmpty() ? null : Map.of(":expected", AttributeValue.fromS(expected))));
            end = System.nanoTime();
        } catch (ReplicatedWriteConflictException | ConditionalCheckFailedException refused) {
            return;
        } catch (SdkException unknown) {
            // It may have taken place.
        }
        history.add(new RegisterOperation(begin, end, new RegisterOperation.Swap(expected, value)));
    }
}

package dev.meridian.chaos.story;

import static dev.meridian.chaos.story.Regions.AP;
import static dev.meridian.chaos.story.Regions.EU;
import static dev.meridian.chaos.story.Regions.US;
import static org.assertj.core.api.Assertions.assertThat;

import dev.meridian.node.RegionFolder;
import dev.meridian.storage.leveldb.LevelDbStore;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ScanResponse;

/**
 * 32 clients write to three regions at once while links flap and one region is killed and comes back. After everything is
 * mended each acknowledged write is there, or a newer one of the same item is, and where that one did not know of it the
 * loss is on record. {@code -Dstorm.writes=20000} for the long form.
 */
class StormStoryTest {

    private static final int WRITES = Integer.getInteger("storm.writes", 1_500);
    private static final int CLIENTS = 32;
    private static final int CONTENDED_KEYS = 40;
    private static final List<String> REGIONS = List.of(US, EU, AP);

    @TempDir
    Path folder;

    @Test
    void everyAcknowledgedWriteIsThereOrItsLossIsOnRecord() throws Exception {
        try (Regions regions = Regions.with(region -> () -> LevelDbStore.open(RegionFolder.of(folder, region)))) {
            regions.createTable("cart");
            Map<String, Set<String>> acknowledged = new ConcurrentHashMap<>();
            AtomicInteger failed = new AtomicInteger();
            AtomicInteger done = new AtomicInteger();
            AtomicBoolean over = new AtomicBoolean();

            ExecutorService clients = Executors.newFixedThreadPool(CLIENTS + 1);
            List<Future<?>> running = new ArrayList<>();
            for (int client = 0; client < CLIENTS; client++) {
                int id = client;
                running.add(clients.submit(() -> {
                    Random random = new Random(id);
                    for (int i = 0; i < WRITES / CLIENTS; i++) {
                        String key = random.nextInt(4) == 0
                                ? "shared-" + random.nextInt(CONTENDED_KEYS)
                                : "own-" + id + "-" + i;
                        String value = "w-" + id + "-" + i;
                        try {
                            regions.put(REGIONS.get(random.nextInt(3)), "cart", key, value);
                            acknowledged
                                    .computeIfAbsent(key, none -> ConcurrentHashMap.newKeySet())
                                    .add(value);
                        } catch (SdkException refused) {
                            failed.incrementAndGet();
                        }
                        done.incrementAndGet();
                    }
                }));
            }
            Future<?> weather = clients.submit(() -> breakThings(regions, done, over));
            for (Future<?> client : running) {
                client.get(5, TimeUnit.MINUTES);
            }
            over.set(true);
            weather.get(1, TimeUnit.MINUTES);
            clients.shutdown();

            regions.control("POST", "heal", "{}");
            assertThat(regions.converge()).as("all digests are equal").isTrue();
            judge(regions, acknowledged, failed.get());
        }
    }

    private static void breakThings(Regions regions, AtomicInteger done, AtomicBoolean over) {
        Random random = new Random(7);
        boolean killed = false;
        boolean back = false;
        while (!over.get()) {
            String from = REGIONS.get(random.nextInt(3));
            String to = REGIONS.get(random.nextInt(3));
            if (!from.equals(to)) {
                regions.control("POST", "links/" + from + "/" + to + (random.nextBoolean() ? ":cut" : ":heal"), "{}");
            }
            if (!killed && done.get() > WRITES / 3) {
                killed = true;
                regions.control("POST", "regions/eu-west-1:kill", "");
            }
            if (killed && !back && done.get() > WRITES / 2) {
                back = true;
                regions.control("POST", "regions/eu-west-1:heal", "");
            }
        }
    }

    private static void judge(Regions regions, Map<String, Set<String>> acknowledged, int failed) {
        Map<String, String> present = scan(regions);
        Set<String> lost = losers(regions);
        int total = 0;
        int there = 0;
        int superseded = 0;
        List<String> missing = new ArrayList<>();
        for (Map.Entry<String, Set<String>> key : acknowledged.entrySet()) {
            String value = present.get(key.getKey());
            for (String write : key.getValue()) {
                total++;
                if (write.equals(value)) {
                    there++;
                } else if (value != null && key.getKey().startsWith("shared-")) {
                    superseded++;
                } else {
                    missing.add(key.getKey() + "=" + write);
                }
            }
        }
        assertThat(missing).as("acknowledged, and neither there nor superseded").isEmpty();
        System.out.printf(
                "storm: %d acknowledged, %d failed; %d stand, %d superseded, of which %d by a write that did not know them%n",
                total, failed, there, superseded, lost.size());
        assertThat(total).isGreaterThan(WRITES / 2);
        assertThat(lost).as("a storm without a conflict proves little").isNotEmpty();
    }

    private static Map<String, String> scan(Regions regions) {
        Map<String, String> items = new HashMap<>();
        Map<String, AttributeValue> start = Map.of();
        do {
            Map<String, AttributeValue> from = start;
            ScanResponse page = regions.client(US).scan(request -> {
                request.tableName("cart");
                if (!from.isEmpty()) {
                    request.exclusiveStartKey(from);
                }
            });
            page.items()
                    .forEach(item -> items.put(item.get("id").s(), item.get("v").s()));
            start = page.lastEvaluatedKey();
        } while (!start.isEmpty());
        return items;
    }

    private static Set<String> losers(Regions regions) {
        Set<String> losers = new HashSet<>();
        Matcher loser = Pattern.compile("\"loser\":\\{.*?\"v\":\\{\"S\":\"(w-[0-9-]+)\"")
                .matcher(regions.control("GET", "conflicts?limit=10000", ""));
        while (loser.find()) {
            losers.add(loser.group(1));
        }
        return losers;
    }
}

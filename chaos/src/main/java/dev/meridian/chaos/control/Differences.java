package dev.meridian.chaos.control;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Finds the keys in which replicas of a table differ: from the digests of ranges to the rows of those that are not equal. */
final class Differences {

    private static final int RANGES_MAX = 16;
    private static final int KEYS_MAX = 20;
    private static final String MISSING = "nothing";
    /** How a region ends what it says of a tombstone, which another may have let go of already. */
    private static final String DELETED = " deleted";

    private static final JsonFactory JSON = new JsonFactory();

    private final RegionReports reports;

    Differences(RegionReports reports) {
        this.reports = reports;
    }

    /**
     * The first keys, in DynamoDB JSON, with what each region holds there.
     *
     * @param regions whose replicas are compared
     */
    CompletionStage<Map<String, Map<String, String>>> find(String table, Set<String> regions) {
        String name = RegionReports.encode(table);
        return reports.ask("digests?table=" + name).thenCompose(answers -> {
            Set<String> ranges = new LinkedHashSet<>(differing(told(answers, regions)).keySet().stream()
                    .limit(RANGES_MAX)
                    .toList());
            Map<String, Map<String, String>> keys = new LinkedHashMap<>();
            CompletionStage<Void> looked = CompletableFuture.completedFuture(null);
            for (String range : ranges) {
                looked = looked.thenCompose(done -> reports.ask("rows?table=" + name + "&range=" + range))
                        .thenAccept(rows -> differing(told(rows, regions)).forEach((key, held) -> {
                            if (keys.size() < KEYS_MAX) {
                                keys.put(key, held);
                            }
                        }));
            }
            return looked.thenApply(done -> keys);
        });
    }

    private static Map<String, Map<String, String>> told(Map<String, Optional<String>> answers, Set<String> regions) {
        Map<String, Map<String, String>> told = new TreeMap<>();
        answers.forEach((region, answer) -> {
            if (regions.contains(region) && answer.isPresent()) {
                told.put(region, texts(answer.get()));
            }
        });
        return told;
    }

    /** By name, what each region says of it, where they do not say the same. */
    static Map<String, Map<String, String>> differing(Map<String, Map<String, String>> told) {
        Set<String> names = new TreeSet<>();
        told.values().forEach(texts -> names.addAll(texts.keySet()));
        Map<String, Map<String, String>> differing = new LinkedHashMap<>();
        for (String name : names) {
            Map<String, String> each = new TreeMap<>();
            told.forEach((region, texts) -> each.put(region, texts.getOrDefault(name, MISSING)));
            boolean isAnywhere =
                    each.values().stream().anyMatch(held -> !held.equals(MISSING) && !held.endsWith(DELETED));
            if (isAnywhere && Set.copyOf(List.copyOf(each.values())).size() > 1) {
                differing.put(name, each);
            }
        }
        return differing;
    }

    private static Map<String, String> texts(String json) {
        Map<String, String> texts = new LinkedHashMap<>();
        try (JsonParser parser = JSON.createParser(json)) {
            parser.nextToken();
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                parser.nextToken();
                texts.put(name, parser.getText());
            }
        } catch (IOException malformed) {
            throw new UncheckedIOException(malformed);
        }
        return texts;
    }
}

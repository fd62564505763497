package dev.meridian.chaos.control;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Whether the replicas of each global table hold the same, from what each region told of its tables' contents. Tables that
 * only share a name are not compared.
 *
 * @param differing tables whose replicas differ: to each region's digest, {@link #ABSENT} where the replica is missing
 * @param silent regions that hold replicas and told nothing
 */
record Convergence(Map<String, Map<String, String>> differing, Set<String> silent) {

    /** Stands for the digest of a replica that should be there and is not. */
    static final String ABSENT = "absent";

    private static final JsonFactory JSON = new JsonFactory();

    private record Contents(String digest, List<String> replicas) {}

    boolean isReached() {
        return differing.isEmpty() && silent.isEmpty();
    }

    /** Judges the contents reports of all regions. */
    static Convergence of(Map<String, Optional<String>> reports) {
        Map<String, Map<String, Contents>> byRegion = new TreeMap<>();
        Set<String> silent = new LinkedHashSet<>();
        reports.forEach((region, report) ->
                report.ifPresentOrElse(contents -> byRegion.put(region, read(contents)), () -> silent.add(region)));
        // One that those who told count on for no table need not tell anything: it has been given up, or holds nothing
        // of theirs.
        silent.removeIf(region -> !byRegion.isEmpty() && !isCountedOn(region, byRegion));
        Map<String, Map<String, String>> differing = new TreeMap<>();
        byRegion.forEach((region, tables) -> tables.forEach((table, here) -> {
            for (String replica : here.replicas()) {
                Map<String, Contents> there = byRegion.get(replica);
                if (there == null) {
                    continue;
                }
                Contents other = there.get(table);
                String digest = other == null ? ABSENT : other.digest();
                if (!digest.equals(here.digest())) {
                    Map<String, String> digests = differing.computeIfAbsent(table, name -> new TreeMap<>());
                    digests.put(region, here.digest());
                    digests.put(replica, digest);
                }
            }
        }));
        return new Convergence(differing, silent);
    }

    private static boolean isCountedOn(String region, Map<String, Map<String, Contents>> byRegion) {
        return byRegion.values().stream()
                .flatMap(tables -> tables.values().stream())
                .anyMatch(table -> table.replicas().contains(region));
    }

    private static Map<String, Contents> read(String report) {
        Map<String, Contents> tables = new TreeMap<>();
        try (JsonParser json = JSON.createParser(report)) {
            json.nextToken();
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String table = json.currentName();
                json.nextToken();
                tables.put(table, table(json));
            }
        } catch (IOException malformed) {
            throw new UncheckedIOException(malformed);
        }
        return tables;
    }

    private static Contents table(JsonParser json) throws IOException {
        String digest = "";
        List<String> replicas = new ArrayList<>();
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String member = json.currentName();
            json.nextToken();
            if (member.equals("digest")) {
                digest = json.getText();
            } else if (member.equals("replicas")) {
                while (json.nextToken() != JsonToken.END_ARRAY) {
                    replicas.add(json.getText());
                }
            } else {
                json.skipChildren();
            }
        }
        return new Contents(digest, replicas);
    }
}

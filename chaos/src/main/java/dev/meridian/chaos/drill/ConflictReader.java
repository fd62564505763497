package dev.meridian.chaos.drill;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.meridian.chaos.drill.Sightings.Overwritten;
import dev.meridian.chaos.drill.Sightings.Side;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads the conflict record as the control API tells it: each write that lost once, however many regions saw it lose. */
final class ConflictReader {

    private static final JsonFactory JSON = new JsonFactory();
    private static final Pattern ID = Pattern.compile("\"id\":\\{\"S\":\"([^\"]*)\"");

    private final String text;
    private final List<Overwritten> found = new ArrayList<>();
    private final Set<String> seen = new HashSet<>();
    private final List<List<Long>> detected = new ArrayList<>();

    private ConflictReader(String text) {
        this.text = text;
    }

    /** Reads what regions told. */
    static ConflictReader read(String conflicts) {
        ConflictReader reader = new ConflictReader(conflicts);
        try (JsonParser json = JSON.createParser(conflicts)) {
            for (JsonToken token = json.nextToken(); token != null; token = json.nextToken()) {
                if (token == JsonToken.START_ARRAY && "conflicts".equals(json.currentName())) {
                    reader.all(json);
                }
            }
        } catch (IOException malformed) {
            throw new UncheckedIOException(malformed);
        }
        return reader;
    }

    /** Up to {@link Sightings#CONFLICTS_MAX} of them. */
    List<Overwritten> found() {
        return List.copyOf(found);
    }

    /** The time before which there may be more: a region told as many as it was asked for; 0: there are no more. */
    long olderThan(int page) {
        return detected.stream()
                .filter(ofRegion -> ofRegion.size() >= page)
                .mapToLong(ofRegion -> Collections.min(ofRegion) + 1)
                .max()
                .orElse(0);
    }

    private void all(JsonParser json) throws IOException {
        List<Long> times = new ArrayList<>();
        detected.add(times);
        while (json.nextToken() == JsonToken.START_OBJECT) {
            Map<String, String> texts = new HashMap<>();
            Map<String, Side> sides = new HashMap<>();
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String name = json.currentName();
                if (json.nextToken() == JsonToken.START_OBJECT) {
                    sides.put(name, side(json));
                } else {
                    texts.put(name, json.getText());
                }
            }
            times.add(Long.parseLong(texts.getOrDefault("detectedAtMillis", "0")));
            Side winner = sides.get("winner");
            Side loser = sides.get("loser");
            if (winner != null && loser != null && found.size() < Sightings.CONFLICTS_MAX) {
                String key = key(winner, loser, texts.getOrDefault("key", ""));
                if (seen.add(key + loser)) {
                    found.add(new Overwritten(
                            key, texts.getOrDefault("rule", ""), texts.getOrDefault("detectedIn", ""), winner, loser));
                }
            }
        }
    }

    private Side side(JsonParser json) throws IOException {
        String region = "";
        long writtenMillis = 0;
        String image = "";
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String name = json.currentName();
            json.nextToken();
            switch (name) {
                case "writtenIn" -> region = json.getText();
                case "writtenAtMillis" -> writtenMillis = json.getLongValue();
                case "item" -> {
                    int from = (int) json.currentTokenLocation().getCharOffset();
                    json.skipChildren();
                    image = text.substring(
                            from, (int) json.currentTokenLocation().getCharOffset() + 1);
                }
                default -> json.skipChildren();
            }
        }
        return new Side(region, writtenMillis, image);
    }

    private static String key(Side winner, Side loser, String otherwise) {
        return ID.matcher(winner.image() + loser.image())
                .results()
                .findFirst()
                .map(id -> id.group(1))
                .orElse(otherwise);
    }
}

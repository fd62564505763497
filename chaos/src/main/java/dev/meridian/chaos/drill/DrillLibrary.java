package dev.meridian.chaos.drill;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** The drills that come along. */
public final class DrillLibrary {

    private static final List<String> NAMES = List.of(
            "lose-us-east-1",
            "split-brain",
            "slow-ocean",
            "flapping-link",
            "clock-drift",
            "rolling-restart",
            "frozen-region",
            "thundering-failback",
            "lost-increments",
            "torn-transfers",
            "october-2025",
            "orderly-evacuation",
            "strong-region-loss",
            "roaming-shopper");

    private DrillLibrary() {}

    public static List<String> names() {
        return NAMES;
    }

    /** The text of a drill's file; empty where there is no drill of that name. */
    public static Optional<String> text(String name) {
        if (!NAMES.contains(name)) {
            return Optional.empty();
        }
        return Optional.of(resource("/drills/" + name + ".yaml"));
    }

    /** The text of a commented drill to start from, with that name. */
    public static String starter(String name) {
        return resource("starter.yaml").replace("NAME", name);
    }

    private static String resource(String path) {
        try (InputStream file = DrillLibrary.class.getResourceAsStream(path)) {
            if (file == null) {
                throw new IllegalStateException(path + " is missing from the jar");
            }
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}

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
            "thundering-failback");

    private DrillLibrary() {}

    public static List<String> names() {
        return NAMES;
    }

    /** The text of a drill's file; empty where there is no drill of that name. */
    public static Optional<String> text(String name) {
        if (!NAMES.contains(name)) {
            return Optional.empty();
        }
        try (InputStream file = DrillLibrary.class.getResourceAsStream("/drills/" + name + ".yaml")) {
            if (file == null) {
                throw new IllegalStateException(name + ".yaml is missing from the jar");
            }
            return Optional.of(new String(file.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}

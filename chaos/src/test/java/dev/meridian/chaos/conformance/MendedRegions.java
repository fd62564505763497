package dev.meridian.chaos.conformance;

import dev.meridian.chaos.story.Regions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.TestInstance;

/** Regions that run for all tests of a class; what a test has broken is mended after it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class MendedRegions {

    final Regions regions;

    MendedRegions(Regions regions) {
        this.regions = regions;
    }

    @AfterEach
    void mend() {
        regions.control("POST", "heal", "{}");
    }

    @AfterAll
    void close() {
        regions.close();
    }
}

package dev.meridian.chaos.story;

import static dev.meridian.chaos.story.Regions.EU;
import static dev.meridian.chaos.story.Regions.US;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.meridian.storage.memory.MemoryStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.InternalServerErrorException;

/** A region that can write nothing takes part in no agreement, and must not answer strong reads with what it has from before. */
class StrongFullDiskStoryTest {

    private Regions regions;

    @BeforeEach
    void start() {
        regions = Regions.regionalWith(region -> MemoryStore::immediate);
        StrongTable.replicated(regions, "seats");
    }

    @AfterEach
    void stop() {
        regions.close();
    }

    @Test
    void aStrongReadDoesNotShowWhatWasBeforeTheDiskWasFull() {
        regions.put(US, "seats", "1A", "free");
        assertThat(StrongTable.read(regions, US, "seats", "1A")).isEqualTo("free");
        regions.control("PUT", "regions/us-east-1/disk", "{\"full\":true}");

        regions.put(EU, "seats", "1A", "sold");

        assertThatExceptionOfType(InternalServerErrorException.class)
                .isThrownBy(() -> StrongTable.read(regions, US, "seats", "1A"))
                .withMessageContaining("what regions have agreed on cannot be written here");
        assertThat(regions.get(US, "seats", "1A"))
                .as("an eventual read may be behind")
                .isEqualTo("free");
        assertThat(StrongTable.read(regions, EU, "seats", "1A")).isEqualTo("sold");

        regions.control("POST", "heal", "{}");
        StrongTable.await(() -> StrongTable.read(regions, US, "seats", "1A").equals("sold"));
    }
}

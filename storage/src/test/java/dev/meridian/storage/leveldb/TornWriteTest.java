package dev.meridian.storage.leveldb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.meridian.storage.WriteBatch;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TornWriteTest {

    private static final byte LOG = 0x20;

    @TempDir
    private Path folder = Path.of("");

    private LevelDbStore open() {
        return LevelDbStore.open(StoreSettings.of(folder, "us-east-1").withLogKinds(Set.of(LOG)));
    }

    private static byte[] logged(int number) {
        return ByteBuffer.allocate(1 + Long.BYTES).put(LOG).putLong(number).array();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 20, 400})
    void whatWasAcknowledgedStandsAndTheStoreIsWhole(int writes) throws IOException {
        LevelDbStore store = open();
        for (int i = 0; i < writes; i++) {
            store.commit(new WriteBatch()
                            .put(bytes("k" + i), bytes("v".repeat(100) + i))
                            .put(logged(i), bytes("k" + i)))
                    .toCompletableFuture()
                    .join();
        }
        store.abandon();
        TornWrite.leave(folder);
        LevelDbStore again = open();
        try {
            assertThat(again.damage()).isEmpty();
            for (int i = 0; i < writes; i++) {
                assertThat(again.get(bytes("k" + i))).isEqualTo(bytes("v".repeat(100) + i));
                assertThat(again.get(logged(i))).isEqualTo(bytes("k" + i));
            }
            again.commit(new WriteBatch().put(bytes("after"), bytes("1")))
                    .toCompletableFuture()
                    .join();
        } finally {
            again.close();
        }
    }

    @Test
    void theHalfRecordPromisesMoreThanFollows() {
        byte[] half = TornWrite.half(100);
        int promised = (half[4] & 0xff) + ((half[5] & 0xff) << 8);
        assertThat(promised).isEqualTo(2 * (half.length - 7));
        assertThat(TornWrite.half(32_766))
                .as("no header fits into what is left of the block")
                .hasSize(2 + 7 + 1_000);
    }
}

package dev.meridian.node.transaction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.meridian.replication.log.MalformedBytesException;
import dev.meridian.replication.log.RowKeys;
import dev.meridian.storage.WriteBatch;
import dev.meridian.storage.memory.MemoryStore;
import dev.meridian.table.model.ServiceException;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class TransactionTokensTest {

    private static final byte[] ONE = {1};
    private static final byte[] OTHER = {2};

    private Instant now = Instant.ofEpochMilli(1_000_000);
    private final MemoryStore store = MemoryStore.immediate();
    private final TransactionTokens tokens = new TransactionTokens(store, () -> now);

    @Test
    void aTokenIsUnderWayUntilItsTransactionHasEnded() {
        assertThat(tokens.begin("t", ONE)).isTrue();
        assertRefused("TransactionInProgressException", ONE);
        assertRefused("IdempotentParameterMismatchException", OTHER);
        tokens.end("t");
        assertThat(tokens.begin("t", ONE)).isTrue();
    }

    @Test
    void aTokenIsKnownForTenMinutesOnceItsTransactionTookPlace() {
        assertThat(tokens.begin("t", ONE)).isTrue();
        WriteBatch batch = new WriteBatch();
        tokens.note(batch, "t", ONE);
        store.commit(batch);
        tokens.end("t");
        now = now.plus(Duration.ofMinutes(10));
        assertRefused("IdempotentParameterMismatchException", OTHER);
        assertThat(tokens.begin("t", ONE)).isFalse();
        now = now.plusMillis(1);
        assertThat(tokens.begin("t", OTHER)).isTrue();
    }

    @Test
    void aTokenThatCouldNotBeReadIsNotUnderWay() {
        store.commit(new WriteBatch().put(RowKeys.token("t"), new byte[0]));
        for (int attempt = 0; attempt < 2; attempt++) {
            assertThatExceptionOfType(MalformedBytesException.class).isThrownBy(() -> tokens.begin("t", ONE));
        }
        store.commit(new WriteBatch().delete(RowKeys.token("t")));
        assertThat(tokens.begin("t", ONE)).isTrue();
    }

    private void assertRefused(String type, byte[] fingerprint) {
        assertThatExceptionOfType(ServiceException.class)
                .isThrownBy(() -> tokens.begin("t", fingerprint))
                .satisfies(refused -> assertThat(refused.type()).endsWith("#" + type));
    }
}

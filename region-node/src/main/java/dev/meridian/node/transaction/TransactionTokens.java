package dev.meridian.node.transaction;

import dev.meridian.replication.log.RowKeys;
import dev.meridian.replication.log.Wire;
import dev.meridian.storage.Direction;
import dev.meridian.storage.KeyRange;
import dev.meridian.storage.OrderedStore;
import dev.meridian.storage.WriteBatch;
import dev.meridian.table.model.ServiceException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The client tokens of transactions, remembered for ten minutes. A token is written in the batch of its transaction, so it is
 * known exactly if the transaction took place. Thread-safe.
 */
public final class TransactionTokens implements Runnable {

    private static final long KEPT_MILLIS = Duration.ofMinutes(10).toMillis();
    private static final int SWEEP_MAX = 5_000;

    private final OrderedStore store;
    private final InstantSource clock;
    private final Map<String, byte[]> underWay = new ConcurrentHashMap<>();

    public TransactionTokens(OrderedStore store, InstantSource clock) {
        this.store = store;
        this.clock = clock;
    }

    /** What a request is known by. */
    static byte[] fingerprint(byte[] body) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(body);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /**
     * Begins a transaction under its token; false: it took place before. Throws the service's error where the token is used for
     * another request, or this one is under way.
     */
    boolean begin(String token, byte[] fingerprint) {
        byte[] other = underWay.putIfAbsent(token, fingerprint);
        if (other != null) {
            throw Arrays.equals(other, fingerprint)
                    ? ServiceException.dynamodb(
                            "TransactionInProgressException",
                            "The transaction with the given request token is already in progress.")
                    : mismatch();
        }
        boolean begins = false;
        try {
            begins = !tookPlace(token, fingerprint);
            return begins;
        } finally {
            if (!begins) {
                underWay.remove(token);
            }
        }
    }

    private boolean tookPlace(String token, byte[] fingerprint) {
        byte[] row = store.get(RowKeys.token(token));
        if (row == null || isOld(row)) {
            return false;
        }
        Wire.Reader in = new Wire.Reader(row);
        in.number();
        if (!Arrays.equals(in.bytes(), fingerprint)) {
            throw mismatch();
        }
        return true;
    }

    private static ServiceException mismatch() {
        return ServiceException.dynamodb(
                "IdempotentParameterMismatchException",
                "Rejected the retried request with a payload that does not match the first one of the request token");
    }

    /** Notes in the transaction's batch that it takes place. */
    void note(WriteBatch batch, String token, byte[] fingerprint) {
        batch.put(
                RowKeys.token(token),
                new Wire.Writer(48).number(clock.millis()).bytes(fingerprint).toBytes());
    }

    /** The transaction has ended, one way or the other. */
    void end(String token) {
        underWay.remove(token);
    }

    private boolean isOld(byte[] row) {
        return new Wire.Reader(row).number() < clock.millis() - KEPT_MILLIS;
    }

    /** Forgets tokens that have been kept long enough. */
    @Override
    public void run() {
        WriteBatch batch = new WriteBatch();
        store.scan(KeyRange.prefix(new byte[] {RowKeys.TOKEN}), Direction.ASCENDING, (key, row) -> {
            if (isOld(row)) {
                batch.delete(key);
            }
            return batch.operations().size() < SWEEP_MAX;
        });
        if (!batch.isEmpty()) {
            store.commit(batch);
        }
    }
}

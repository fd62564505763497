package dev.meridian.storage.leveldb;

import dev.meridian.storage.Direction;
import dev.meridian.storage.KeyRange;
import dev.meridian.storage.OrderedStore;
import dev.meridian.storage.RowVisitor;
import dev.meridian.storage.Snapshot;
import dev.meridian.storage.StoreException;
import dev.meridian.storage.WriteBatch;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * An ordered store on LevelDB. Reads go through a gate on the calling thread; commits through one writer thread (see
 * {@link GroupCommitter}).
 */
public final class LevelDbStore implements OrderedStore {

    private final Databases databases;
    private final HandleGate gate = new HandleGate();
    private final WriteAheadLog log;
    private final Head head;
    private final GroupCommitter committer;
    private final DamageMark mark;
    private volatile Verification verification;

    private LevelDbStore(
            Databases databases,
            WriteAheadLog log,
            Head head,
            GroupCommitter committer,
            DamageMark mark,
            Verification verification) {
        this.databases = databases;
        this.log = log;
        this.head = head;
        this.committer = committer;
        this.mark = mark;
        this.verification = verification;
    }

    /**
     * Opens or creates a store. Fails with CORRUPT, and changes nothing, where the folder is not this owner's store or
     * LevelDB cannot read it at all; a store that opens but lacks acknowledged rows says so in {@link #verification}.
     */
    public static LevelDbStore open(StoreSettings settings) {
        StoreFolder.claim(settings.directory(), settings.owner(), settings.logKinds());
        Head head = new Head(settings.directory().resolve("HEAD"));
        Databases databases = new Databases(settings);
        WriteAheadLog log = new WriteAheadLog(settings.directory().resolve("wal"), databases);
        Chain chain = Recovery.recover(settings, databases, head.read(), log);
        DamageMark mark = new DamageMark(settings.directory().resolve("DAMAGED"));
        Verification verification = mark.remember(chain.verification());
        GroupCommitter committer = new GroupCommitter(databases, log, head, chain.tip(), settings);
        committer.start();
        return new LevelDbStore(databases, log, head, committer, mark, verification);
    }

    /** What the chain told at open. */
    public Verification verification() {
        return verification;
    }

    @Override
    public Optional<String> damage() {
        return verification instanceof Verification.Damaged damaged ? Optional.of(damaged.finding()) : Optional.empty();
    }

    /** The chain begins anew after the links that were there at open, among which is the hole. */
    @Override
    public CompletionStage<Void> repaired() {
        WriteBatch batch = new WriteBatch();
        long last = committer.groupAtStart();
        gate.use(() -> databases.linksUpTo(last)).forEach(batch::delete);
        batch.put(Chain.ANCHOR, Chain.anchor(last + 1));
        return commit(batch).thenRun(() -> {
            mark.clear();
            verification = new Verification.Intact(last);
        });
    }

    @Override
    public byte @Nullable [] get(byte[] key) {
        return gate.use(() -> databases.get(key));
    }

    @Override
    public void scan(KeyRange range, Direction direction, RowVisitor visitor) {
        gate.use(() -> {
            databases.scan(range, direction, visitor);
            return true;
        });
    }

    @Override
    public Snapshot snapshot() {
        Snapshot snapshot = gate.use(databases::snapshot);
        return new Snapshot() {
            @Override
            public byte @Nullable [] get(byte[] key) {
                return gate.use(() -> snapshot.get(key));
            }

            @Override
            public void scan(KeyRange range, Direction direction, RowVisitor visitor) {
                gate.use(() -> {
                    snapshot.scan(range, direction, visitor);
                    return true;
                });
            }

            @Override
            public void close() {
                try {
                    gate.use(() -> {
                        snapshot.close();
                        return true;
                    });
                } catch (StoreException closed) {
                    if (closed.kind() != StoreException.Kind.CLOSED) {
                        throw closed;
                    }
                }
            }
        };
    }

    @Override
    public CompletionStage<Void> commit(WriteBatch batch) {
        return committer.submit(batch);
    }

    @Override
    public void abandon() {
        committer.abandon();
        release();
    }

    @Override
    public void close() {
        committer.finish();
        release();
    }

    private void release() {
        gate.close(() -> {
            try {
                databases.close();
            } finally {
                log.close();
                head.close();
            }
        });
    }
}

package dev.meridian.node.strong;

import dev.meridian.conflict.HybridClock;
import dev.meridian.conflict.Stamp;
import dev.meridian.conflict.Version;
import dev.meridian.replication.consensus.Change;
import dev.meridian.replication.log.StampedImage;
import dev.meridian.table.operation.ItemWrite;
import dev.meridian.table.operation.WriteDecision;
import dev.meridian.table.value.Item;
import dev.meridian.table.value.ItemCodec;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * A client's write as a change of the value agreed on: the stamped image of the item. The version of every value is later than
 * that of the value it was made of, and covers it.
 */
final class StampedWrite implements Change {

    private final ItemWrite write;
    private final String region;
    private final HybridClock stamps;
    private final InstantSource clock;
    private volatile WriteDecision decision = new WriteDecision.Keep();

    StampedWrite(ItemWrite write, String region, HybridClock stamps, InstantSource clock) {
        this.write = write;
        this.region = region;
        this.stamps = stamps;
        this.clock = clock;
    }

    /** What was decided last. */
    WriteDecision decision() {
        return decision;
    }

    @Override
    public Proposal propose(byte @Nullable [] current) {
        StampedImage image = current == null ? null : StampedImage.decode(current);
        decision = write.decide(item(image));
        if (decision instanceof WriteDecision.Store store) {
            return new Replace(new StampedImage(stamp(image), ItemCodec.encode(store.item())).encode());
        }
        return decision instanceof WriteDecision.Remove
                ? new Replace(new StampedImage(stamp(image), null).encode())
                : new Keep();
    }

    private Stamp stamp(@Nullable StampedImage current) {
        long nowMillis = clock.millis();
        if (current == null) {
            return Stamp.first(new Version(stamps.next(nowMillis), region));
        }
        Stamp before = current.stamp();
        return Stamp.after(before, new Version(stamps.nextAfter(before.version().timestamp(), nowMillis), region));
    }

    @Override
    public boolean includes(byte @Nullable [] current, byte[] own) {
        Version version = StampedImage.decode(own).stamp().version();
        return current != null && StampedImage.decode(current).stamp().seen().covers(version);
    }

    /** The item that a value is; null for none. */
    static @Nullable Item item(@Nullable StampedImage image) {
        byte[] bytes = image == null ? null : image.image();
        return bytes == null ? null : ItemCodec.decode(bytes);
    }
}

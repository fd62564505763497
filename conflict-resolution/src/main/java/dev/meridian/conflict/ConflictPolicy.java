package dev.meridian.conflict;

import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * Which of two writes to one item stays: a total order of their stamps. A write that knew of another must be the greater, and what a
 * write that lost had seen may not change the place of the one that won. Then every order of arrival, with any repetition, gives one
 * result. Implementations are immutable.
 */
public interface ConflictPolicy extends Comparator<Stamp> {

    /** Decides between what is here (null: nothing, not even a tombstone) and what arrives. */
    default Reconciliation reconcile(@Nullable Stamp here, Stamp incoming) {
        if (here == null) {
            return new Reconciliation.Applied(incoming, false);
        }
        if (here.seen().covers(incoming.version())) {
            return new Reconciliation.Duplicate();
        }
        boolean conflict = !incoming.seen().covers(here.version());
        VersionVector seen = here.seen().merge(incoming.seen());
        if (compare(incoming, here) > 0) {
            return new Reconciliation.Applied(new Stamp(incoming.version(), seen), conflict);
        }
        return new Reconciliation.Superseded(new Stamp(here.version(), seen), conflict);
    }

    /** Whether the stamps decide about the item's place only, and {@link AttributeVersions} about what it holds. */
    default boolean isByAttribute() {
        return false;
    }

    /**
     * The policy of that name: {@code last-writer}, which is also what nothing stands for, {@code attributes}, or {@code
     * priority=REGION}.
     *
     * @throws IllegalArgumentException where there is none of that name
     */
    static ConflictPolicy named(String name) {
        if (name.isEmpty() || name.equals(LastWriterWins.NAME)) {
            return LastWriterWins.POLICY;
        }
        if (name.equals(LaterAttributes.NAME)) {
            return LaterAttributes.POLICY;
        }
        if (name.startsWith(RegionPriority.PREFIX) && name.length() > RegionPriority.PREFIX.length()) {
            return new RegionPriority(name.substring(RegionPriority.PREFIX.length()));
        }
        throw new IllegalArgumentException("no such policy: '" + name + "'; there are " + LastWriterWins.NAME + ", "
                + LaterAttributes.NAME + " and " + RegionPriority.PREFIX + "REGION");
    }
}

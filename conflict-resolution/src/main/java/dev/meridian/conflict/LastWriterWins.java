package dev.meridian.conflict;

import org.jspecify.annotations.Nullable;

/** The rule of DynamoDB global tables: the newer version wins, as a whole item. */
public final class LastWriterWins {

    private LastWriterWins() {}

    /** Decides between what is here (null: nothing, not even a tombstone) and what arrives. */
    public static Reconciliation reconcile(@Nullable Stamp here, Stamp incoming) {
        if (here == null) {
            return new Reconciliation.Applied(incoming, false);
        }
        if (here.seen().covers(incoming.version())) {
            return new Reconciliation.Duplicate();
        }
        boolean conflict = !incoming.seen().covers(here.version());
        VersionVector seen = here.seen().merge(incoming.seen());
        if (incoming.version().compareTo(here.version()) > 0) {
            return new Reconciliation.Applied(new Stamp(incoming.version(), seen), conflict);
        }
        return new Reconciliation.Superseded(new Stamp(here.version(), seen), conflict);
    }
}

package dev.meridian.conflict;

/**
 * What is stored beside every item and tombstone.
 *
 * @param version the write that the item holds
 * @param seen what that write, or a replica that reconciled it, knew; always covers {@code version}
 */
public record Stamp(Version version, VersionVector seen) {

    /** The stamp of a write over an item that carries {@code current}. */
    public static Stamp after(Stamp current, Version version) {
        return new Stamp(version, current.seen().with(version));
    }

    /** The stamp of a write where there was nothing. */
    public static Stamp first(Version version) {
        return new Stamp(version, VersionVector.of(version));
    }
}

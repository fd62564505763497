package dev.meridian.conflict;

/** The rule of DynamoDB global tables: the newer version wins, as a whole item. */
public enum LastWriterWins implements ConflictPolicy {
    POLICY;

    /** As it stands in settings. */
    public static final String NAME = "last-writer";

    @Override
    public int compare(Stamp one, Stamp other) {
        return one.version().compareTo(other.version());
    }
}

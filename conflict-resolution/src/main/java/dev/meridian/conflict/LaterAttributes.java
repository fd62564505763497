package dev.meridian.conflict;

/**
 * Of each attribute the later write stays: two writes that did not know of each other are both kept where they changed different
 * attributes. The item's stamp is that of its latest write; {@link AttributeVersions} decide what it holds.
 */
public enum LaterAttributes implements ConflictPolicy {
    POLICY;

    /** As it stands in settings. */
    public static final String NAME = "attributes";

    @Override
    public int compare(Stamp one, Stamp other) {
        return LastWriterWins.POLICY.compare(one, other);
    }

    @Override
    public boolean isByAttribute() {
        return true;
    }
}

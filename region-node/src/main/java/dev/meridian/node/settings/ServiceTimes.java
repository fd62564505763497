package dev.meridian.node.settings;

/** About how long the service takes over changes to tables, in milliseconds. */
public final class ServiceTimes {

    public static final long TABLE_CREATION = 6_000;
    public static final long TABLE_UPDATE = 8_000;
    public static final long TABLE_DELETION = 5_000;
    public static final long INDEX_CREATION = 300_000;

    private ServiceTimes() {}
}

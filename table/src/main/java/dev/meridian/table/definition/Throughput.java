package dev.meridian.table.definition;

/** Units of reading and of writing, a second; 0 for none. */
public record Throughput(long readUnits, long writeUnits) {

    public static final Throughput NONE = new Throughput(0, 0);
}

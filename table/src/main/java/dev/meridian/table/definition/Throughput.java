package dev.meridian.table.definition;

/** Provisioned capacity units; zeroes for on-demand. */
public record Throughput(long readUnits, long writeUnits) {

    public static final Throughput ON_DEMAND = new Throughput(0, 0);
}

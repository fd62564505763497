package dev.meridian.node.capacity;

/**
 * Less throughput than a region's tables should have, in units a second; 0: as much as they should.
 *
 * @param readUnits of a table
 * @param partitionReadUnits of one partition of a table
 */
public record Shortage(double readUnits, double writeUnits, double partitionReadUnits, double partitionWriteUnits) {

    /** There is none. */
    public static final Shortage NONE = new Shortage(0, 0, 0, 0);

    public Shortage {
        if (!(readUnits >= 0 && writeUnits >= 0 && partitionReadUnits >= 0 && partitionWriteUnits >= 0)) {
            throw new IllegalArgumentException("units are 0 or more a second");
        }
    }

    /** Of whole tables, so much is left. */
    public Shortage ofTables(double newReadUnits, double newWriteUnits) {
        return new Shortage(newReadUnits, newWriteUnits, partitionReadUnits, partitionWriteUnits);
    }

    /** Of each partition, so much is left. */
    public Shortage ofPartitions(double newReadUnits, double newWriteUnits) {
        return new Shortage(readUnits, writeUnits, newReadUnits, newWriteUnits);
    }

    /** What is left of the units a table, or an index, should have. */
    double whole(boolean write, double units) {
        return less(write ? writeUnits : readUnits, units);
    }

    /** What is left of the units a partition should have. */
    double partition(boolean write, double units) {
        return less(write ? partitionWriteUnits : partitionReadUnits, units);
    }

    private static double less(double left, double units) {
        return left > 0 ? Math.min(left, units) : units;
    }
}

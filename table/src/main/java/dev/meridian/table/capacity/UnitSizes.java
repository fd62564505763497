package dev.meridian.table.capacity;

/** How many units bytes are: 4 KB a read unit, half for eventual reads; 1 KB a write unit. */
public final class UnitSizes {

    private static final int READ_UNIT_BYTES = 4_096;
    private static final int WRITE_UNIT_BYTES = 1_024;

    private UnitSizes() {}

    /** What a read of so many bytes costs; nothing found costs as much as the least. */
    public static double read(long bytes, boolean consistent) {
        long units = Math.max(1, (bytes + READ_UNIT_BYTES - 1) / READ_UNIT_BYTES);
        return consistent ? units : units / 2.0;
    }

    /** What a write of so many bytes costs, the greater of before and after. */
    public static double write(long bytes) {
        return Math.max(1, (bytes + WRITE_UNIT_BYTES - 1) / WRITE_UNIT_BYTES);
    }
}

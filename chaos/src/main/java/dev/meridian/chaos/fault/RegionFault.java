package dev.meridian.chaos.fault;

import dev.meridian.node.capacity.Shortage;

/**
 * What is wrong with a region, but for its links and its door.
 *
 * @param startDelayMillis it takes so much longer to start
 * @param memoryBytes so much of its process's memory is taken away
 * @param shortage what its tables may take is less than it should be
 */
public record RegionFault(
        ClockFault clock, DiskFault disk, long startDelayMillis, long memoryBytes, Shortage shortage) {

    /** A region as it should be. */
    public static final RegionFault NONE = new RegionFault(ClockFault.NONE, DiskFault.NONE, 0, 0, Shortage.NONE);

    public RegionFault {
        // Hot paths compare with what is sound by identity.
        disk = disk.equals(DiskFault.NONE) ? DiskFault.NONE : disk;
        shortage = shortage.equals(Shortage.NONE) ? Shortage.NONE : shortage;
        if (startDelayMillis < 0 || memoryBytes < 0) {
            throw new IllegalArgumentException("a delay and an amount of memory are 0 or more");
        }
    }

    public RegionFault with(ClockFault newClock) {
        return new RegionFault(newClock, disk, startDelayMillis, memoryBytes, shortage);
    }

    public RegionFault with(DiskFault newDisk) {
        return new RegionFault(clock, newDisk, startDelayMillis, memoryBytes, shortage);
    }

    public RegionFault with(Shortage newShortage) {
        return new RegionFault(clock, disk, startDelayMillis, memoryBytes, newShortage);
    }

    public RegionFault withStartDelay(long delayMillis) {
        return new RegionFault(clock, disk, delayMillis, memoryBytes, shortage);
    }

    public RegionFault withMemory(long bytes) {
        return new RegionFault(clock, disk, startDelayMillis, bytes, shortage);
    }
}

package dev.meridian.node.partition;

import dev.meridian.node.settings.ServiceSettings;
import dev.meridian.table.capacity.Allowance;

/**
 * What the service keeps its tables to, as far as it is wanted here.
 *
 * @param allowance what tables can afford
 * @param collectionBytesMax how large the items of one partition key may be together where there are local indexes
 * @param indexDelayMillis how long after the item its entries in global indexes change
 */
public record PartitionRules(Allowance allowance, long collectionBytesMax, long indexDelayMillis) {

    /** Nothing is kept to. */
    public static final PartitionRules NONE = new PartitionRules(Allowance.UNLIMITED, Long.MAX_VALUE, 0);

    private static final double GIGABYTE = 1L << 30;

    public static PartitionRules of(ServiceSettings service, Allowance allowance) {
        return new PartitionRules(
                allowance,
                Math.round(service.number("item-collection-gigabytes") * GIGABYTE),
                Math.round(service.number("index-delay-millis")));
    }
}

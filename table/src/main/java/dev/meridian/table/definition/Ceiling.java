package dev.meridian.table.definition;

/**
 * How much throughput a table or an index has.
 *
 * @param provisioned whether the units were provisioned; otherwise they are the greatest that on-demand may take
 * @param units a second; 0 where on-demand has no bound of its own
 */
public record Ceiling(boolean provisioned, Throughput units) {

    /** On demand, without a bound of its own. */
    public static final Ceiling NONE = new Ceiling(false, Throughput.NONE);
}

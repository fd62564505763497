package dev.meridian.table.definition;

/**
 * What throughput was asked for a table or an index.
 *
 * @param provisioned none for on-demand and local indexes
 * @param maximum the most that on-demand may take; none where that is not bounded
 * @param warm what is to be there at once; none where nothing was asked for
 */
public record CapacityDefinition(Throughput provisioned, Throughput maximum, Throughput warm) {

    /** On demand, nothing asked for. */
    public static final CapacityDefinition NONE =
            new CapacityDefinition(Throughput.NONE, Throughput.NONE, Throughput.NONE);

    /** What the service keeps warm for any on-demand table. */
    private static final Throughput WARM_ON_DEMAND = new Throughput(12_000, 4_000);

    CapacityDefinition withProvisioned(Throughput units) {
        return new CapacityDefinition(units, maximum, warm);
    }

    CapacityDefinition withMaximum(Throughput units) {
        return new CapacityDefinition(provisioned, units, warm);
    }

    CapacityDefinition withWarm(Throughput units) {
        return new CapacityDefinition(provisioned, maximum, units);
    }

    /** The same where less or more may be read. */
    CapacityDefinition reading(ReadOverride reads) {
        long asked = reads.maximum() == 0 ? maximum.readUnits() : Math.max(0, reads.maximum());
        return new CapacityDefinition(
                reads.provisioned() == 0 ? provisioned : new Throughput(reads.provisioned(), provisioned.writeUnits()),
                new Throughput(asked, maximum.writeUnits()),
                warm);
    }

    Ceiling ceiling(boolean onDemand) {
        return onDemand ? new Ceiling(false, maximum) : new Ceiling(true, provisioned);
    }

    /** What is warm: what was asked for, and never less than what is there anyway. */
    Throughput warmNow(boolean onDemand) {
        Throughput least = onDemand ? WARM_ON_DEMAND : provisioned;
        return new Throughput(
                Math.max(least.readUnits(), warm.readUnits()), Math.max(least.writeUnits(), warm.writeUnits()));
    }
}

package dev.meridian.table.definition;

import dev.meridian.table.model.ServiceException;
import dev.meridian.table.model.Struct;
import org.jspecify.annotations.Nullable;

/** The throughput that CreateTable and UpdateTable ask for, of a table or of an index, and its rules. */
final class CapacityRequest {

    private static final String INVALID = "One or more parameter values were invalid: ";
    private static final long UNITS_MAX = 1_000_000_000_000L;
    private static final int UNBOUNDED = -1;

    private CapacityRequest() {}

    /**
     * What a new table, or index, is to have.
     *
     * @param index the index's name, or empty for the table
     */
    static CapacityDefinition of(Struct struct, boolean onDemand, String index) {
        CapacityDefinition capacity = CapacityDefinition.NONE
                .withProvisioned(provisioned(struct, onDemand, index))
                .withMaximum(maximum(struct, onDemand, Throughput.NONE));
        return warm(struct, capacity, onDemand, index);
    }

    static Throughput provisioned(Struct struct, boolean onDemand, String index) {
        Struct given = struct.struct("ProvisionedThroughput");
        if (onDemand && given != null) {
            throw ServiceException.validation(INVALID
                    + (index.isEmpty()
                            ? "Neither ReadCapacityUnits nor WriteCapacityUnits can be specified when BillingMode is "
                                    + "PAY_PER_REQUEST"
                            : "ProvisionedThroughput should not be specified for index: " + index
                                    + " when BillingMode is PAY_PER_REQUEST"));
        }
        if (onDemand) {
            return Throughput.NONE;
        }
        if (given == null) {
            throw ServiceException.validation(INVALID
                    + (index.isEmpty()
                            ? "ReadCapacityUnits and WriteCapacityUnits must both be specified when BillingMode is PROVISIONED"
                            : "ProvisionedThroughput is not specified for index: " + index));
        }
        return new Throughput(units(given, "ReadCapacityUnits"), units(given, "WriteCapacityUnits"));
    }

    /** The bounds of on-demand after a request; what it does not name stays as it is, and -1 takes a bound away. */
    static Throughput maximum(Struct struct, boolean onDemand, Throughput now) {
        Struct given = struct.struct("OnDemandThroughput");
        if (given == null) {
            return now;
        }
        if (!onDemand) {
            throw ServiceException.validation(
                    INVALID + "OnDemandThroughput cannot be specified when BillingMode is PROVISIONED");
        }
        return new Throughput(
                bound(given.number("MaxReadRequestUnits"), "MaxReadRequestUnits", now.readUnits()),
                bound(given.number("MaxWriteRequestUnits"), "MaxWriteRequestUnits", now.writeUnits()));
    }

    private static long bound(@Nullable Long asked, String member, long now) {
        if (asked == null) {
            return now;
        }
        if (asked != UNBOUNDED && asked < 1 || asked > UNITS_MAX) {
            throw ServiceException.validation("Given value " + asked + " for " + member + " is out of bounds");
        }
        return asked == UNBOUNDED ? 0 : asked;
    }

    /** What is warm can be raised only. */
    static CapacityDefinition warm(Struct struct, CapacityDefinition capacity, boolean onDemand, String index) {
        Struct given = struct.struct("WarmThroughput");
        if (given == null) {
            return capacity;
        }
        Throughput now = capacity.warmNow(onDemand);
        Long read = given.number("ReadUnitsPerSecond");
        Long write = given.number("WriteUnitsPerSecond");
        Throughput asked = new Throughput(
                read == null ? now.readUnits() : units(given, "ReadUnitsPerSecond"),
                write == null ? now.writeUnits() : units(given, "WriteUnitsPerSecond"));
        String of = index.isEmpty() ? "table" : "index " + index;
        refuseLess(asked.readUnits(), now.readUnits(), "ReadUnitsPerSecond", of);
        refuseLess(asked.writeUnits(), now.writeUnits(), "WriteUnitsPerSecond", of);
        return capacity.withWarm(asked);
    }

    private static void refuseLess(long asked, long now, String member, String of) {
        if (asked < now) {
            throw ServiceException.validation(INVALID + "Requested " + member + " for WarmThroughput for " + of
                    + " is lower than current WarmThroughput, decreasing WarmThroughput is not supported");
        }
    }

    /** A bound in place of another; -1 is kept, as the service keeps and shows it. */
    static long override(Struct throughput, String member) {
        Long asked = throughput.number(member);
        return asked != null && asked == UNBOUNDED ? UNBOUNDED : bound(asked, member, 0);
    }

    static long units(Struct throughput, String member) {
        Long units = throughput.number(member);
        if (units != null && units > UNITS_MAX) {
            throw ServiceException.validation("Given value " + units + " for " + member + " is out of bounds");
        }
        return units == null ? 0 : units;
    }
}

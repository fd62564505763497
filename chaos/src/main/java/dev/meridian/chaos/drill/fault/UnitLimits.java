package dev.meridian.chaos.drill.fault;

import java.util.Locale;

/**
 * How many capacity units something may take in a second.
 *
 * @param reads 0 for as many as otherwise
 * @param writes 0 for as many as otherwise
 */
record UnitLimits(double reads, double writes) {

    /** As a step of a fault of that kind has them; one of the two is needed. */
    static UnitLimits read(StepReader step, String kind) {
        if (!step.has("reads") && !step.has("writes")) {
            throw step.wrong("fault", kind + " needs 'reads' or 'writes', in units a second");
        }
        return new UnitLimits(step.units("reads"), step.units("writes"));
    }

    @Override
    public String toString() {
        return text(" %.0f read units", reads) + text(" %.0f write units", writes);
    }

    private static String text(String format, double units) {
        return units > 0 ? String.format(Locale.ROOT, format, units) : "";
    }
}

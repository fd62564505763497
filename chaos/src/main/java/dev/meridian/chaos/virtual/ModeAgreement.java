package dev.meridian.chaos.virtual;

import dev.meridian.chaos.drill.DrillResult;
import dev.meridian.chaos.drill.Threshold;

/**
 * One drill in real and in virtual time: whether the two say the same. The bands are what processors, disks and clients of a real
 * machine add to what is simulated.
 */
public record ModeAgreement(DrillResult real, DrillResult virtual) {

    public static final double RTO_BAND_MILLIS = 2_000;
    public static final double RPO_AGE_BAND_MILLIS = 500;

    /** The same verdict, and RTO and the age in RPO within their bands. */
    public boolean isGiven() {
        return real.verdict() == virtual.verdict()
                && apart("rto") <= RTO_BAND_MILLIS
                && apart("rpo.age") <= RPO_AGE_BAND_MILLIS;
    }

    /** By how much a measure differs. */
    public double apart(String measure) {
        return Math.abs(value(real, measure) - value(virtual, measure));
    }

    /** Both values of a measure, for people. */
    public String both(String measure) {
        return Threshold.show(measure, value(real, measure)) + " / " + Threshold.show(measure, value(virtual, measure));
    }

    private static double value(DrillResult result, String measure) {
        return result.measures().getOrDefault(measure, 0.0);
    }
}

package dev.meridian.chaos.drill;

import dev.meridian.chaos.drill.fault.DrillFault;
import java.util.List;

/**
 * A drill as its file tells it.
 *
 * @param story one paragraph that a new colleague understands
 * @param seed what every choice of the load follows from
 * @param sometimes what must have happened for the run to mean anything
 * @param settleMillis how long replicas may take to be equal after everything is healed
 */
public record Drill(
        String name,
        String title,
        String story,
        long seed,
        Topology topology,
        Load load,
        List<Step> steps,
        List<Threshold> thresholds,
        List<String> sometimes,
        long settleMillis) {

    /** When the first fault begins; negative: there is none. */
    public double firstFaultMillis() {
        return steps.stream().mapToDouble(Step::atMillis).min().orElse(-1);
    }

    /** The same with another seed. */
    public Drill withSeed(long newSeed) {
        return new Drill(name, title, story, newSeed, topology, load, steps, thresholds, sometimes, settleMillis);
    }

    /** The same at another rate. */
    public Drill withRate(double perSecond) {
        return new Drill(
                name,
                title,
                story,
                seed,
                topology,
                load.withRate(perSecond),
                steps,
                thresholds,
                sometimes,
                settleMillis);
    }

    /** The same over links of another latency. */
    public Drill withLatency(String latency) {
        return with(new Topology(topology.regions(), latency, topology.consistency(), topology.line()));
    }

    /** The same in other regions; those that load and faults name must be among them. */
    public Drill withRegions(List<String> regions) {
        return with(new Topology(List.copyOf(regions), topology.latency(), topology.consistency(), topology.line()));
    }

    private Drill with(Topology other) {
        return new Drill(name, title, story, seed, other, load, steps, thresholds, sometimes, settleMillis);
    }

    /**
     * What is started for the drill.
     *
     * @param latency as {@code meridian up --latency} takes it
     * @param consistency of the drill's table
     * @param line where the file says so, or what it is of
     */
    public record Topology(List<String> regions, String latency, Consistency consistency, int line) {

        /** An eventually consistent table in these regions. */
        public static Topology eventual(List<String> regions, String latency) {
            return new Topology(regions, latency, Consistency.EVENTUAL, 0);
        }

        /** Whether the table is strongly consistent. */
        public boolean isStrong() {
            return consistency == Consistency.STRONG;
        }
    }

    /** What regions promise one another of the drill's table: {@code MultiRegionConsistency}. */
    public enum Consistency {
        EVENTUAL,
        STRONG
    }

    /** Where writes go. */
    public enum WriteMode {
        /** Every write to a region of its own choice. */
        ANY_REGION,
        /** All to one, and to the next when that one fails. */
        ONE_REGION,
        /** Each key to the region it belongs to. */
        YOUR_REGION
    }

    /** What a write does. */
    public enum Workload {
        /** Puts an item. */
        PUT,
        /** Adds one to a counter. */
        COUNTER,
        /** Moves one from an account to another, in a transaction. */
        BANK
    }

    /**
     * An open load: operations begin at their times, however long the others take.
     *
     * @param home the first region of {@link WriteMode#ONE_REGION}; the others follow in order
     * @param perSecond operations a second
     * @param keys how many keys there are; 0: each write has a key of its own
     * @param skew how unlike they are: the exponent of a Zipf distribution; 0: all alike
     * @param putPercent the share of writes; the rest are reads
     * @param strongReads whether reads are strongly consistent ones
     * @param session whether each client carries its session's token from region to region
     * @param command what runs beside it for as long; empty: nothing
     * @param timeoutMillis when the client gives an operation up
     * @param detectAfter after how many failures in a row the client goes to the next region
     */
    public record Load(
            WriteMode mode,
            Workload workload,
            String home,
            List<String> failoverTo,
            double perSecond,
            long forMillis,
            int keys,
            double skew,
            int itemBytes,
            int putPercent,
            boolean strongReads,
            boolean session,
            long timeoutMillis,
            int detectAfter,
            String command,
            int line) {

        Load withRate(double newPerSecond) {
            return new Load(
                    mode,
                    workload,
                    home,
                    failoverTo,
                    newPerSecond,
                    forMillis,
                    keys,
                    skew,
                    itemBytes,
                    putPercent,
                    strongReads,
                    session,
                    timeoutMillis,
                    detectAfter,
                    command,
                    line);
        }
    }

    /**
     * A fault and its time.
     *
     * @param atMillis since the load began
     * @param forMillis after which it is undone; 0: at the end
     */
    public record Step(long atMillis, long forMillis, DrillFault fault, int line) {}
}

package dev.meridian.chaos.drill;

import dev.meridian.chaos.drill.History.Operation;
import dev.meridian.chaos.drill.History.Outcome;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The measures of a run, from what the clients saw and what the regions hold. Pure. A write is told by its number, which its
 * item carries, so that whatever a table holds says which write it came from.
 */
public final class Measures {

    /** Every measure and its unit. */
    public static final Map<String, String> NAMES = names();

    /** What may be asked to have happened, and the measure that is greater than zero then. */
    static final Map<String, String> SOMETIMES = Map.of(
            "conflict", "conflicts",
            "recovered-late", "recovered-late",
            "unavailable", "unavailability",
            "stale-read", "stale-reads",
            "lost-at-failover", "rpo.writes",
            "lost-increment", "lost-increments",
            "torn-transfer", "bank-drift");

    /** Whether what a drill asks to have happened sometimes did. */
    public static boolean happened(String sometimes, Map<String, Double> measures) {
        return measures.getOrDefault(SOMETIMES.getOrDefault(sometimes, ""), 0.0) > 0;
    }

    private static Map<String, String> names() {
        Map<String, String> names = new LinkedHashMap<>();
        names.put("rto", "ms");
        names.put("rpo.writes", "");
        names.put("rpo.age", "ms");
        names.put("unavailability", "ms");
        names.put("lost-acknowledged-writes", "");
        names.put("recovered-late", "");
        names.put("conflicts", "");
        names.put("lost-increments", "");
        names.put("bank-drift", "");
        names.put("versions-went-back", "");
        names.put("own-writes-unread", "");
        names.put("not-linearizable", "");
        names.put("keys-checked", "");
        names.put("session-reads-checked", "");
        names.put("session-own-writes-unread", "");
        names.put("session-writes-reordered", "");
        names.put("session-reads-went-back", "");
        names.put("stale-reads", "");
        names.put("stale-reads.age", "ms");
        names.put("converge-after-heal", "ms");
        names.put("lag.p50", "ms");
        names.put("lag.p99", "ms");
        names.put("lag.max", "ms");
        names.put("acknowledged-writes", "");
        names.put("errors", "%");
        names.put("put.p50", "ms");
        names.put("put.p99", "ms");
        names.put("get.p50", "ms");
        names.put("get.p99", "ms");
        return names;
    }

    /**
     * What was seen of a region that went down.
     *
     * @param region which
     * @param atMillis when, since the load began
     * @param untilMillis when it was to come back
     * @param survivors what the others held just before that: of each key, the number of the write it shows
     */
    public record Loss(String region, double atMillis, double untilMillis, Map<String, Long> survivors) {}

    /**
     * What is left when everything is over.
     *
     * @param convergedMillis how long it took; negative: it did not come to that
     * @param held of each key, the number of the write the regions agree on
     * @param losers of each key, the numbers of the writes on the conflict record
     * @param faultMillis when the first fault began; negative: there was none
     * @param sums what counters and accounts show
     */
    public record End(
            double convergedMillis,
            Map<String, Long> held,
            Map<String, Set<Long>> losers,
            double faultMillis,
            Sums sums,
            Lag lag) {}

    /**
     * What counters and accounts show in the end.
     *
     * @param workload what was done to them
     * @param total of all of them
     */
    public record Sums(Drill.Workload workload, long total) {

        /** Nothing was counted. */
        public static final Sums NONE = new Sums(Drill.Workload.PUT, 0);
    }

    /** How long writes took to be durable in another region, of the direction where it was worst. */
    public record Lag(double p50, double p99, double max) {

        /** Nothing travelled. */
        public static final Lag NONE = new Lag(0, 0, 0);

        public Lag orWorse(Lag other) {
            return new Lag(Math.max(p50, other.p50), Math.max(p99, other.p99), Math.max(max, other.max));
        }
    }

    private final List<Operation> operations;
    private final List<Loss> losses;
    private final End end;
    private final Map<Long, Operation> byNumber = new HashMap<>();
    private final List<Operation> puts;
    private final RegisterCheck registers;
    private final SessionCheck sessions;

    /**
     * @param isOneCopy whether reads promise the latest of all regions
     * @param isCarried whether clients carry sessions' tokens
     */
    Measures(List<Operation> operations, List<Loss> losses, End end, boolean isOneCopy, boolean isCarried) {
        // A transfer writes two items and is told by one.
        boolean isBank = end.sums().workload() == Drill.Workload.BANK;
        this.registers = RegisterCheck.of(isBank ? List.of() : operations, isOneCopy);
        this.sessions = new SessionCheck(isBank ? List.of() : operations, end.held(), isCarried);
        this.operations = operations;
        this.losses = losses;
        this.end = end;
        this.puts = operations.stream().filter(Operation::isPut).toList();
        operations.forEach(operation -> byNumber.put(operation.number(), operation));
    }

    /** Why a key's history cannot be a register's, in words; empty where all can. */
    String breach() {
        return registers.example();
    }

    Map<String, Double> all() {
        Map<String, Double> measures = new LinkedHashMap<>();
        Availability availability = new Availability(puts);
        measures.put("rto", availability.rtoMillis(end.faultMillis()));
        Set<Long> missing = new TreeSet<>();
        measures.put("rpo.age", rpoAge(missing));
        measures.put("rpo.writes", (double) missing.size());
        measures.put("unavailability", availability.longestGapMillis());
        Set<Long> lost = lost();
        measures.put("lost-acknowledged-writes", (double) lost.size());
        measures.put("recovered-late", (double)
                missing.stream().filter(number -> !lost.contains(number)).count());
        measures.put("conflicts", (double)
                end.losers().values().stream().mapToInt(Set::size).sum());
        counted(measures);
        StaleReads stale = StaleReads.of(operations, this::mayFollow);
        measures.put("stale-reads", (double) stale.count());
        measures.put("stale-reads.age", stale.oldestMillis());
        measures.put("converge-after-heal", end.convergedMillis());
        measures.put("lag.p50", end.lag().p50());
        measures.put("lag.p99", end.lag().p99());
        measures.put("lag.max", end.lag().max());
        measures.put("acknowledged-writes", (double)
                operations.stream().filter(Operation::isAcknowledgedWrite).count());
        long failed = operations.stream()
                .filter(operation -> operation.outcome() != Outcome.DONE)
                .count();
        measures.put("errors", operations.isEmpty() ? 0 : 100.0 * failed / operations.size());
        latencies(measures, true, "put");
        latencies(measures, false, "get");
        return measures;
    }

    /** Acknowledged by a region that went down, and not held by any other until it came back. */
    private double rpoAge(Set<Long> missing) {
        double age = 0;
        for (Loss loss : losses) {
            for (Operation put : puts()) {
                boolean isTheirs = put.isAcknowledgedWrite()
                        && put.region().equals(loss.region())
                        && put.endMillis() <= loss.untilMillis();
                if (isTheirs && !mayFollow(loss.survivors().getOrDefault(put.key(), 0L), put)) {
                    missing.add(put.number());
                    age = Math.max(age, loss.atMillis() - put.endMillis());
                }
            }
        }
        return age;
    }

    /** Whether a write is that one, or may have taken place after it: it had not ended when the other began. */
    private boolean mayFollow(long number, Operation put) {
        Operation other = byNumber.get(number);
        return other != null
                && (number == put.number()
                        || other.outcome() == Outcome.UNKNOWN
                        || other.endMillis() >= put.startMillis());
    }

    /** Acknowledged, and neither held, nor followed by a later write of the key that is held or on the conflict record. */
    private Set<Long> lost() {
        Set<Long> lost = new TreeSet<>();
        for (Operation put : puts()) {
            boolean isHeld = mayFollow(end.held().getOrDefault(put.key(), 0L), put);
            boolean isRecorded =
                    end.losers().getOrDefault(put.key(), Set.of()).stream().anyMatch(loser -> mayFollow(loser, put));
            if (put.isAcknowledgedWrite() && !isHeld && !isRecorded) {
                lost.add(put.number());
            }
        }
        return lost;
    }

    /** What last-writer-wins did to counters and accounts; and what no region may ever do. */
    private void counted(Map<String, Double> measures) {
        double acknowledged =
                puts().stream().filter(Operation::isAcknowledgedWrite).count();
        boolean isCounter = end.sums().workload() == Drill.Workload.COUNTER;
        boolean isBank = end.sums().workload() == Drill.Workload.BANK;
        measures.put(
                "lost-increments",
                isCounter ? Math.max(0, acknowledged - end.sums().total()) : 0);
        measures.put("bank-drift", isBank ? Math.abs((double) end.sums().total()) : 0);
        Checks checks = new Checks(operations);
        measures.put("versions-went-back", (double) checks.wentBack());
        measures.put("own-writes-unread", (double) checks.ownWritesUnread());
        measures.put("not-linearizable", (double) registers.broken());
        measures.put("keys-checked", (double) registers.checked());
        measures.put("session-reads-checked", (double) sessions.checked());
        measures.put("session-own-writes-unread", (double) sessions.ownWritesUnread());
        measures.put("session-writes-reordered", (double) sessions.writesReordered());
        measures.put("session-reads-went-back", (double) sessions.readsWentBack());
    }

    private void latencies(Map<String, Double> measures, boolean isPut, String name) {
        double[] times = operations.stream()
                .filter(operation -> operation.isPut() == isPut && operation.outcome() == Outcome.DONE)
                .mapToDouble(operation -> operation.endMillis() - operation.startMillis())
                .sorted()
                .toArray();
        measures.put(name + ".p50", percentile(times, 0.50));
        measures.put(name + ".p99", percentile(times, 0.99));
    }

    private static double percentile(double[] sorted, double share) {
        return sorted.length == 0 ? 0 : sorted[(int) Math.min(sorted.length - 1, Math.floor(share * sorted.length))];
    }

    private List<Operation> puts() {
        return puts;
    }
}

package dev.meridian.conflict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RegionPriorityTest {

    private static final List<String> REGIONS = List.of("ap", "eu", "us");
    private static final ConflictPolicy EUROPE_FIRST = ConflictPolicy.named("priority=eu");
    private static final int SEEDS = 3_000;

    /** The rule that comes to mind, put in on purpose: favour the region among concurrent writes, else the later. */
    private static final ConflictPolicy IN_CIRCLES = new ConflictPolicy() {
        @Override
        public int compare(Stamp one, Stamp other) {
            boolean isConcurrent =
                    !one.seen().covers(other.version()) && !other.seen().covers(one.version());
            boolean isOne = one.version().region().equals("eu");
            boolean isOther = other.version().region().equals("eu");
            return isConcurrent && isOne != isOther
                    ? (isOne ? 1 : -1)
                    : one.version().compareTo(other.version());
        }
    };

    @Test
    void anyOrderWithAnyRepetitionGivesOneResult() {
        for (long seed = 1; seed <= SEEDS; seed++) {
            assertThat(difference(EUROPE_FIRST, seed)).as("seed %d", seed).isEmpty();
        }
    }

    @Test
    void aRuleThatGoesInCirclesIsFoundOut() {
        for (long seed = 1; seed <= 200; seed++) {
            if (difference(IN_CIRCLES, seed).isPresent()) {
                return;
            }
        }
        throw new AssertionError("it was not found");
    }

    @Test
    void theFavouredRegionsWriteStaysAgainstALaterOneThatDidNotKnowOfIt() {
        Stamp eu = Stamp.first(new Version(10, "eu"));
        Stamp us = Stamp.first(new Version(20, "us"));
        assertThat(EUROPE_FIRST.reconcile(eu, us)).isInstanceOf(Reconciliation.Superseded.class);
        assertThat(EUROPE_FIRST.reconcile(us, eu)).isInstanceOf(Reconciliation.Applied.class);
    }

    @Test
    void aWriteThatKnewOfItReplacesIt() {
        Stamp eu = Stamp.first(new Version(10, "eu"));
        Stamp us = Stamp.after(eu, new Version(20, "us"));
        assertThat(EUROPE_FIRST.reconcile(eu, us)).isEqualTo(new Reconciliation.Applied(us, false));
    }

    @Test
    void amongTheOthersTheLastWriterWins() {
        Stamp ap = Stamp.first(new Version(10, "ap"));
        Stamp us = Stamp.first(new Version(20, "us"));
        assertThat(EUROPE_FIRST.reconcile(ap, us)).isInstanceOf(Reconciliation.Applied.class);
    }

    @Test
    void policiesAreFoundByName() {
        assertThat(ConflictPolicy.named("")).isEqualTo(LastWriterWins.POLICY);
        assertThat(ConflictPolicy.named("last-writer")).isEqualTo(LastWriterWins.POLICY);
        assertThat(EUROPE_FIRST).isEqualTo(new RegionPriority("eu"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ConflictPolicy.named("priority="))
                .withMessage("no such policy: 'priority='; there are last-writer, attributes and priority=REGION");
    }

    /** Writes of one seed in the order they were made, and in another; what came of it, if that is not the same. */
    private static Optional<String> difference(ConflictPolicy policy, long seed) {
        Random random = new Random(seed);
        List<Stamp> writes = randomWrites(policy, random);
        List<Stamp> shuffled = new ArrayList<>(writes);
        shuffled.addAll(writes.subList(0, random.nextInt(writes.size() + 1)));
        Collections.shuffle(shuffled, random);
        Stamp one = applyAll(policy, writes);
        Stamp other = applyAll(policy, shuffled);
        return one.equals(other) ? Optional.empty() : Optional.of(writes + " give " + one + ", and shuffled " + other);
    }

    private static Stamp applyAll(ConflictPolicy policy, List<Stamp> writes) {
        Stamp current = null;
        for (Stamp write : writes) {
            current = apply(policy, current, write);
        }
        return Objects.requireNonNull(current);
    }

    private static Stamp apply(ConflictPolicy policy, @Nullable Stamp current, Stamp write) {
        Reconciliation result = policy.reconcile(current, write);
        if (result instanceof Reconciliation.Applied applied) {
            return applied.stamp();
        }
        return result instanceof Reconciliation.Superseded superseded
                ? superseded.stamp()
                : Objects.requireNonNull(current);
    }

    /** Writes as regions make them: each over what its region has seen, which holds all of its own. */
    private static List<Stamp> randomWrites(ConflictPolicy policy, Random random) {
        List<Stamp> writes = new ArrayList<>();
        int count = 1 + random.nextInt(8);
        for (int i = 0; i < count; i++) {
            String region = REGIONS.get(random.nextInt(REGIONS.size()));
            Stamp base = null;
            long floor = 0;
            for (Stamp earlier : writes) {
                boolean isOwn = earlier.version().region().equals(region);
                if (isOwn || random.nextBoolean()) {
                    base = apply(policy, base, earlier);
                    floor = Math.max(floor, earlier.version().timestamp());
                }
            }
            Version version = new Version(floor + 1 + random.nextInt(3), region);
            writes.add(base == null ? Stamp.first(version) : Stamp.after(base, version));
        }
        return writes;
    }
}

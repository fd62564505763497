package dev.meridian.conflict;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LastWriterWinsTest {

    private static final List<String> REGIONS = List.of("ap", "eu", "us");

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 5, 8, 13, 21, 34, 55, 89})
    void anyOrderWithAnyRepetitionGivesOneResult(long seed) {
        Random random = new Random(seed);
        for (int round = 0; round < 200; round++) {
            List<Stamp> writes = randomWrites(random);
            Stamp expected = applyAll(writes);
            List<Stamp> shuffled = new ArrayList<>(writes);
            shuffled.addAll(writes.subList(0, random.nextInt(writes.size() + 1)));
            Collections.shuffle(shuffled, random);
            assertThat(applyAll(shuffled))
                    .as("seed %d, writes %s", seed, shuffled)
                    .isEqualTo(expected);
        }
    }

    @Test
    void anOverwriteThatKnewIsNoConflict() {
        Stamp first = Stamp.first(new Version(10, "us"));
        Stamp second = Stamp.after(first, new Version(20, "eu"));
        assertThat(LastWriterWins.POLICY.reconcile(first, second)).isEqualTo(new Reconciliation.Applied(second, false));
    }

    @Test
    void concurrentWritesConflictWhicheverArrivesFirst() {
        Stamp here = Stamp.first(new Version(10, "us"));
        Stamp there = Stamp.first(new Version(20, "eu"));
        assertThat(LastWriterWins.POLICY.reconcile(here, there))
                .isInstanceOfSatisfying(
                        Reconciliation.Applied.class,
                        won -> assertThat(won.conflict()).isTrue());
        assertThat(LastWriterWins.POLICY.reconcile(there, here))
                .isInstanceOfSatisfying(
                        Reconciliation.Superseded.class,
                        lost -> assertThat(lost.conflict()).isTrue());
    }

    @Test
    void equalTimestampsAreDecidedByTheRegionsName() {
        Stamp us = Stamp.first(new Version(10, "us"));
        Stamp eu = Stamp.first(new Version(10, "eu"));
        assertThat(LastWriterWins.POLICY.reconcile(eu, us)).isInstanceOf(Reconciliation.Applied.class);
        assertThat(LastWriterWins.POLICY.reconcile(us, eu)).isInstanceOf(Reconciliation.Superseded.class);
    }

    @Test
    void whatIsKnownIsADuplicate() {
        Stamp first = Stamp.first(new Version(10, "us"));
        Stamp second = Stamp.after(first, new Version(20, "eu"));
        assertThat(LastWriterWins.POLICY.reconcile(second, first)).isEqualTo(new Reconciliation.Duplicate());
    }

    private static Stamp applyAll(List<Stamp> writes) {
        Stamp current = null;
        for (Stamp write : writes) {
            current = apply(current, write);
        }
        return java.util.Objects.requireNonNull(current);
    }

    private static Stamp apply(@Nullable Stamp current, Stamp write) {
        Reconciliation result = LastWriterWins.POLICY.reconcile(current, write);
        if (result instanceof Reconciliation.Applied applied) {
            return applied.stamp();
        }
        if (result instanceof Reconciliation.Superseded superseded) {
            return superseded.stamp();
        }
        return java.util.Objects.requireNonNull(current);
    }

    /** Writes as regions make them: each over some state that a region may have seen. */
    private static List<Stamp> randomWrites(Random random) {
        List<Stamp> writes = new ArrayList<>();
        int count = 1 + random.nextInt(8);
        for (int i = 0; i < count; i++) {
            Stamp base = null;
            for (Stamp earlier : writes) {
                if (random.nextBoolean()) {
                    base = apply(base, earlier);
                }
            }
            String region = REGIONS.get(random.nextInt(REGIONS.size()));
            long floor = base == null ? 0 : base.version().timestamp();
            for (Stamp earlier : writes) {
                if (earlier.version().region().equals(region)) {
                    floor = Math.max(floor, earlier.version().timestamp());
                    base = apply(base, earlier);
                }
            }
            Version version = new Version(floor + 1 + random.nextInt(3), region);
            writes.add(base == null ? Stamp.first(version) : Stamp.after(base, version));
        }
        return writes;
    }
}

package dev.meridian.conflict;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class HybridClockTest {

    @Test
    void stampsAlwaysIncreaseWhateverTheWallClockDoes() {
        Random random = new Random(7);
        HybridClock clock = new HybridClock(0);
        long last = 0;
        for (int i = 0; i < 10_000; i++) {
            if (random.nextInt(10) == 0) {
                clock.witness(HybridTimestamp.of(random.nextInt(2_000), random.nextInt(100)));
            }
            long stamp = clock.next(random.nextInt(1_000));
            assertThat(stamp).isGreaterThan(last);
            last = stamp;
        }
    }

    @Test
    void staysWithTheWallClockWhereNothingPushesIt() {
        HybridClock clock = new HybridClock(0);
        assertThat(HybridTimestamp.millis(clock.next(1_000))).isEqualTo(1_000);
        assertThat(HybridTimestamp.millis(clock.next(2_500))).isEqualTo(2_500);
    }

    @Test
    void aFullCounterCarriesIntoTheMilliseconds() {
        HybridClock clock = new HybridClock(HybridTimestamp.of(1_000, 0xFFFF));
        long next = clock.next(1_000);
        assertThat(HybridTimestamp.millis(next)).isEqualTo(1_001);
        assertThat(HybridTimestamp.counter(next)).isZero();
    }

    @Test
    void followsWhatItHasWitnessed() {
        HybridClock clock = new HybridClock(0);
        clock.witness(HybridTimestamp.of(9_000, 3));
        assertThat(clock.next(1_000)).isEqualTo(HybridTimestamp.of(9_000, 4));
    }

    @Test
    void nextAfterIsGreaterThanItsFloor() {
        HybridClock clock = new HybridClock(0);
        assertThat(clock.nextAfter(HybridTimestamp.of(5_000, 0), 10)).isGreaterThan(HybridTimestamp.of(5_000, 0));
    }
}

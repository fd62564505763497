package dev.meridian.chaos.fault;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ClockFaultTest {

    @Test
    void aDriftingClockGainsWithTime() {
        ClockFault drifting = ClockFault.NONE.withDrift(200, 1_000_000);
        assertThat(drifting.offMillis(1_000_000)).isZero();
        assertThat(drifting.offMillis(1_000_000 + 60_000)).isEqualTo(12);
        assertThat(ClockFault.NONE.withDrift(-10_000, 0).offMillis(5_000)).isEqualTo(-50);
    }

    @Test
    void aJumpComesOnTopOfWhatThereIs() {
        ClockFault jumped =
                ClockFault.NONE.withOffset(300, 0).withDrift(1_000, 0).jumped(-5_000, 10_000);
        assertThat(jumped.offMillis(10_000)).isEqualTo(300 + 10 - 5_000);
        assertThat(jumped.offMillis(20_000)).isEqualTo(300 + 20 - 5_000);
    }

    @Test
    void aClockPutRightIsSound() {
        assertThat(ClockFault.NONE.withDrift(500, 0).withDrift(0, 7_000).withOffset(0, 9_000))
                .isEqualTo(ClockFault.NONE);
    }
}

package dev.meridian.chaos.fault;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MemoryBallastTest {

    @Test
    void holdsWhatItIsToldAndLetsGo() {
        MemoryBallast ballast = new MemoryBallast();
        ballast.hold(8 << 20);
        assertThat(ballast.bytes()).isEqualTo(8 << 20);
        ballast.hold(2 << 20);
        assertThat(ballast.bytes()).isEqualTo(2 << 20);
        ballast.hold(0);
        assertThat(ballast.bytes()).isZero();
    }
}

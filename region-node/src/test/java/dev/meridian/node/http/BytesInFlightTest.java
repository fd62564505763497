package dev.meridian.node.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BytesInFlightTest {

    @Test
    void refusesWhatWouldBeTooMuchAndTakesItAgainAfterARelease() {
        BytesInFlight inFlight = new BytesInFlight(100);
        assertThat(inFlight.take(60)).isTrue();
        assertThat(inFlight.take(41)).isFalse();
        assertThat(inFlight.take(40)).isTrue();
        inFlight.release(60);
        assertThat(inFlight.take(41)).isTrue();
        assertThat(inFlight.held()).isEqualTo(81);
    }
}

package dev.meridian.chaos.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DurationsTest {

    @ParameterizedTest
    @CsvSource({"80ms,80", "80,80", "30s,30000", "2m,120000", "1h,3600000", "+350ms,350", "-1s,-1000"})
    void readsWhatPeopleType(String text, long millis) {
        assertThat(Durations.millis(text)).isEqualTo(millis);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "soon", "1 s", "1d", "1.5s", "99999999999999ms"})
    void saysHowToWriteIt(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Durations.millis(text))
                .withMessage("'" + text + "' is not a duration; write it like 80ms, 30s, 2m or 1h");
    }

    @Test
    void aLinkFaultRefusesWhatCannotBe() {
        assertThatIllegalArgumentException().isThrownBy(() -> LinkFault.latency(-1));
        assertThatIllegalArgumentException().isThrownBy(() -> new LinkFault(false, 0, 0, 1.5, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> new LinkFault(false, 0, 0, Double.NaN, 0));
    }
}

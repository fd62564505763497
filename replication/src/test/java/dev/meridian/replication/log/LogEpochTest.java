package dev.meridian.replication.log;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LogEpochTest {

    @Test
    void theFirstLogBeginsAtNothing() {
        assertThat(LogEpoch.base(0)).isZero();
        assertThat(LogEpoch.base(1)).isZero();
    }

    @Test
    void nothingIsWrittenInALogThatStandsAtItsBeginning() {
        assertThat(LogEpoch.written(LogEpoch.base(3))).isZero();
        assertThat(LogEpoch.written(LogEpoch.base(3) + 1)).isEqualTo(LogEpoch.base(3) + 1);
        assertThat(LogEpoch.written(7)).isEqualTo(7);
    }

    @Test
    void eachNextLogBeginsBehindWhateverTheLastCanHaveCome() {
        assertThat(LogEpoch.base(2)).isEqualTo(1L << 40);
        assertThat(LogEpoch.base(3) - LogEpoch.base(2)).isEqualTo(1L << 40);
    }
}

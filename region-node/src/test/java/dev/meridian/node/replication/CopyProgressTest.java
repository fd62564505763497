package dev.meridian.node.replication;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class CopyProgressTest {

    @Test
    void whereAPageEndsSaysHowFarTheCopyHasCome() {
        CopyProgress progress = new CopyProgress(0, 0);
        progress.page(100, new byte[] {0x40, 0, 0, 0, 'k'});
        assertThat(progress.percent()).isEqualTo(25);
        progress.page(100, new byte[] {(byte) 0xFF, (byte) 0xFF, 0, 0});
        assertThat(progress.percent()).isEqualTo(99);
        progress.page(100, null);
        assertThat(progress.percent()).isEqualTo(100);
        assertThat(progress.rows()).isEqualTo(300);
    }

    @Test
    void restsToKeepToItsLimit() {
        CopyProgress progress = new CopyProgress(50, 1_000);
        progress.page(100, new byte[] {1});
        assertThat(progress.rest(1_000)).isEqualTo(Duration.ofSeconds(2));
        assertThat(progress.rest(2_500)).isEqualTo(Duration.ofMillis(500));
        assertThat(progress.rest(9_000)).isEqualTo(Duration.ZERO);
    }

    @Test
    void doesNotRestWithoutOne() {
        CopyProgress progress = new CopyProgress(0, 1_000);
        progress.page(1_000_000, new byte[] {1});
        assertThat(progress.rest(1_000)).isEqualTo(Duration.ZERO);
    }
}

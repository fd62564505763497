package dev.meridian.chaos.soak;

import static org.assertj.core.api.Assertions.assertThat;

import dev.meridian.chaos.drill.Drill;
import java.util.List;
import org.junit.jupiter.api.Test;

class SoakTest {

    private static final List<String> REGIONS = List.of("us-east-1", "eu-west-1", "ap-southeast-2");

    private static Drill soak(long seed) {
        return Soak.drill(REGIONS, 120_000, 20_000, 50, seed);
    }

    @Test
    void oneSeedMakesOneDrill() {
        assertThat(soak(7)).isEqualTo(soak(7));
        assertThat(soak(7).steps()).isNotEqualTo(soak(8).steps());
    }

    @Test
    void faultsComeInTurnAndAreUndoneBeforeTheNext() {
        List<Drill.Step> steps = soak(7).steps();
        assertThat(steps).hasSize(5);
        for (int n = 0; n < steps.size(); n++) {
            assertThat(steps.get(n).atMillis()).isEqualTo(10_000 + n * 20_000L);
            assertThat(steps.get(n).forMillis()).isBetween(1L, 12_000L);
        }
    }
}

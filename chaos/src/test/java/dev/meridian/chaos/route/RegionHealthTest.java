package dev.meridian.chaos.route;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RegionHealthTest {

    private static final RouteSettings SETTINGS =
            RouteSettings.DEFAULT.with(Map.of("failures", "3", "passes", "2"), List.of());

    private static Standing after(Standing... looks) {
        RegionHealth health = RegionHealth.UNSEEN;
        for (Standing look : looks) {
            health = health.seen(look, SETTINGS);
        }
        return health.standing();
    }

    @Test
    void isTakenOutAfterSoManyFailuresInARow() {
        assertThat(after(Standing.DEAD, Standing.DEAD)).isEqualTo(Standing.LIVE);
        assertThat(after(Standing.DEAD, Standing.DEAD, Standing.DEAD)).isEqualTo(Standing.DEAD);
        assertThat(after(Standing.DEAD, Standing.DEAD, Standing.LIVE, Standing.DEAD))
                .isEqualTo(Standing.LIVE);
    }

    @Test
    void isTakenBackAfterSoManyGoodLooks() {
        assertThat(after(Standing.DEAD, Standing.DEAD, Standing.DEAD, Standing.LIVE))
                .isEqualTo(Standing.DEAD);
        assertThat(after(Standing.DEAD, Standing.DEAD, Standing.DEAD, Standing.LIVE, Standing.LIVE))
                .isEqualTo(Standing.LIVE);
    }

    @Test
    void isIsolatedAfterAsManyLooks() {
        assertThat(after(Standing.ISOLATED, Standing.ISOLATED, Standing.ISOLATED))
                .isEqualTo(Standing.ISOLATED);
    }
}

package dev.meridian.chaos.route;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RegionChoiceTest {

    private static final String US = "us-east-1";
    private static final String EU = "eu-west-1";
    private static final String AP = "ap-southeast-2";
    private static final List<String> REGIONS = List.of(US, EU, AP);

    private static RouteSettings settings(String policy, String primary) {
        return RouteSettings.DEFAULT.with(Map.of("policy", policy, "primary", primary), REGIONS);
    }

    private static String choose(RouteSettings settings, String client, Map<String, Standing> standings) {
        return RegionChoice.of(settings, REGIONS, client, region -> standings.getOrDefault(region, Standing.LIVE));
    }

    @Test
    void thePrimaryServesWhileItIsLive() {
        assertThat(choose(settings("primary", ""), AP, Map.of())).isEqualTo(US);
        assertThat(choose(settings("primary", EU), AP, Map.of())).isEqualTo(EU);
    }

    @Test
    void theNextServesWhileThePrimaryIsDeadDrainingOrIsolated() {
        for (Standing gone : List.of(Standing.DEAD, Standing.DRAINING, Standing.ISOLATED)) {
            assertThat(choose(settings("primary", EU), AP, Map.of(EU, gone)))
                    .as("%s", gone)
                    .isEqualTo(US);
        }
    }

    @Test
    void anIsolatedRegionServesWhereNoneIsLive() {
        assertThat(choose(
                        settings("primary", US),
                        "",
                        Map.of(US, Standing.DRAINING, EU, Standing.DEAD, AP, Standing.ISOLATED)))
                .isEqualTo(AP);
    }

    @Test
    void whereNoneIsLeftItIsTheMostWanted() {
        assertThat(choose(
                        settings("primary", EU),
                        "",
                        Map.of(US, Standing.DRAINING, EU, Standing.DEAD, AP, Standing.DEAD)))
                .isEqualTo(EU);
    }

    @Test
    void theNearestServesAndThenTheNextNearest() {
        RouteSettings nearest = settings("nearest", "");
        assertThat(choose(nearest, AP, Map.of())).isEqualTo(AP);
        assertThat(choose(nearest, "eu-central-1", Map.of())).isEqualTo(EU);
        assertThat(choose(nearest, "eu-central-1", Map.of(EU, Standing.DRAINING)))
                .isEqualTo(US);
        assertThat(choose(nearest, "us-west-2", Map.of(US, Standing.DEAD))).isEqualTo(EU);
    }

    @Test
    void aClientOfNoRegionGoesHome() {
        assertThat(choose(settings("nearest", ""), "", Map.of())).isEqualTo(US);
    }
}

package dev.meridian.chaos.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RouteSettingsTest {

    private static final List<String> REGIONS = List.of("us-east-1", "eu-west-1");

    private static void refuses(String name, String value, String sentence) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RouteSettings.DEFAULT.with(Map.of(name, value), REGIONS))
                .withMessage(sentence);
    }

    @Test
    void changesWhatIsNamedAndKeepsTheRest() {
        RouteSettings settings = RouteSettings.DEFAULT.with(Map.of("policy", "primary", "ttlMillis", "60000"), REGIONS);
        assertThat(settings.policy()).isEqualTo(RoutePolicy.PRIMARY);
        assertThat(settings.ttlMillis()).isEqualTo(60_000);
        assertThat(settings.failures()).isEqualTo(3);
    }

    @Test
    void refusesWhatMakesNoSense() {
        refuses("policy", "random", "a front door's policy is by-signature, primary or nearest, not 'random'");
        refuses("primary", "mars-1", "region mars-1 is not running here (running: us-east-1, eu-west-1)");
        refuses("failures", "0", "failures is from 1 to 3600000, not 0");
        refuses("ttlMillis", "soon", "ttlMillis is a whole number, not 'soon'");
        refuses(
                "ttl",
                "5",
                "'ttl' is not known of a front door; it takes checkMillis, failures, passes, policy, primary, timeoutMillis, "
                        + "ttlMillis");
    }
}

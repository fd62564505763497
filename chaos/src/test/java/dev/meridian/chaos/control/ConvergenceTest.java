package dev.meridian.chaos.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ConvergenceTest {

    private final Map<String, Optional<String>> reports = new LinkedHashMap<>();

    @Test
    void equalDigestsHaveConverged() {
        tell("us-east-1", table("cart", "aa", "\"eu-west-1\""));
        tell("eu-west-1", table("cart", "aa", "\"us-east-1\""));
        assertThat(Convergence.of(reports).isReached()).isTrue();
    }

    @Test
    void differingDigestsAreNamedByRegion() {
        tell("us-east-1", table("cart", "aa", "\"eu-west-1\""));
        tell("eu-west-1", table("cart", "bb", "\"us-east-1\""));
        assertThat(Convergence.of(reports).differing())
                .isEqualTo(Map.of("cart", Map.of("us-east-1", "aa", "eu-west-1", "bb")));
    }

    @Test
    void aReplicaThatIsMissingHasNotConverged() {
        tell("us-east-1", table("cart", "aa", "\"eu-west-1\""));
        tell("eu-west-1", "{}");
        assertThat(Convergence.of(reports).differing())
                .isEqualTo(Map.of("cart", Map.of("us-east-1", "aa", "eu-west-1", "absent")));
    }

    @Test
    void tablesThatOnlyShareANameAreNotCompared() {
        tell("us-east-1", table("cart", "aa", ""));
        tell("eu-west-1", table("cart", "bb", ""));
        assertThat(Convergence.of(reports).isReached()).isTrue();
    }

    @Test
    void aSilentRegionHasNotConverged() {
        tell("us-east-1", table("cart", "aa", "\"eu-west-1\""));
        reports.put("eu-west-1", Optional.empty());
        Convergence now = Convergence.of(reports);
        assertThat(now.isReached()).isFalse();
        assertThat(now.silent()).containsExactly("eu-west-1");
    }

    private void tell(String region, String report) {
        reports.put(region, Optional.of(report));
    }

    private static String table(String name, String digest, String replicas) {
        return "{\"" + name + "\":{\"items\":1,\"tombstones\":0,\"digest\":\"" + digest + "\",\"replicas\":[" + replicas
                + "]}}";
    }
}

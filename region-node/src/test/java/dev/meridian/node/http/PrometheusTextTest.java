package dev.meridian.node.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PrometheusTextTest {

    @Test
    void keepsTheSamplesOfAFamilyTogether() {
        String one = new PrometheusText()
                .add("a", "counter", "", 1, "region", "x")
                .add("b", "histogram", "_count", 2.5, "region", "x")
                .toString();
        String two = new PrometheusText()
                .add("b", "histogram", "_count", 3, "region", "y")
                .add("a", "counter", "", 4, "region", "y")
                .toString();

        assertThat(new PrometheusText().addAll(one).addAll(two).addAll("").toString())
                .isEqualTo("""
                        # TYPE a counter
                        a{region="x"} 1
                        a{region="y"} 4
                        # TYPE b histogram
                        b_count{region="x"} 2.5
                        b_count{region="y"} 3
                        """);
    }

    @Test
    void escapesLabels() {
        assertThat(new PrometheusText()
                        .add("a", "gauge", "", 1, "l", "x\"y\\z\n")
                        .toString())
                .isEqualTo("# TYPE a gauge\na{l=\"x\\\"y\\\\z\\n\"} 1\n");
    }
}

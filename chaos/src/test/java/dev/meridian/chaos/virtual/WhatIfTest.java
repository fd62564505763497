package dev.meridian.chaos.virtual;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.meridian.chaos.drill.Drill;
import dev.meridian.chaos.drill.DrillParser;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WhatIfTest {

    private static final Drill DRILL = DrillParser.parse("""
            apiVersion: meridian/v1
            kind: Drill
            metadata: { name: a-drill }
            spec:
              topology: { regions: [us-east-1, eu-west-1, ap-southeast-2], latency: 50ms }
              load: { rate: 200/s, for: 6s }
              steps:
                - { at: 3s, for: 2s, fault: region-kill, region: us-east-1 }
            """);

    private static List<Double> medians(String text, String measure) {
        return WhatIf.parse(text, DRILL).run(1, 3, point -> {}).stream()
                .map(point -> point.sweep().spread(measure).p50())
                .toList();
    }

    @Test
    void aLongerWayLosesMore() {
        List<Double> lost = medians("latency=5ms,100ms,500ms", "rpo.writes");
        assertThat(lost.get(0)).isLessThan(lost.get(1));
        assertThat(lost.get(1)).isLessThan(lost.get(2));
        // 200 writes a second, half a second away.
        assertThat(lost.get(2)).isBetween(90.0, 130.0);
    }

    @Test
    void moreWritesLoseMore() {
        List<Double> lost = medians("rate=100/s,1000/s", "rpo.writes");
        assertThat(lost.get(0)).isLessThan(lost.get(1));
    }

    @Test
    void lossyLinksLoseOlderWrites() {
        List<Double> age = medians("loss=0%,20%", "rpo.age");
        assertThat(age.get(0)).isLessThan(age.get(1));
    }

    @Test
    void aBatchMayHaveAnySize() {
        assertThat(medians("batch=1,100", "acknowledged-writes")).allMatch(writes -> writes > 1_000);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "latncy=1ms | there is no parameter 'latncy' to change; did you mean 'latency'?",
                "latency=soon | 'soon' is no latency; write it like --what-if latency=10ms,50ms,200ms",
                "loss=200% | '200%' is no loss; write it like --what-if loss=0%,1%,5%",
                "rate=0/s | '0/s' is no rate; write it like --what-if rate=100/s,500/s,2000/s",
                "batch=0 | '0' is no batch; write it like --what-if batch=1,20,200",
                "batch= | write it like --what-if batch=1,20,200",
            })
    void saysWhatIsWrong(String text, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> WhatIf.parse(text, DRILL))
                .withMessage(message);
    }
}

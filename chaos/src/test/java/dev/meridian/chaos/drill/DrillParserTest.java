package dev.meridian.chaos.drill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.meridian.chaos.drill.fault.LinkName;
import dev.meridian.chaos.drill.fault.RegionKill;
import dev.meridian.chaos.drill.fault.SlowLink;
import dev.meridian.chaos.fault.LinkFault;
import dev.meridian.chaos.yaml.DrillFileException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class DrillParserTest {

    private static final String DRILL = """
            apiVersion: meridian/v1
            kind: Drill
            metadata: { name: a-drill, title: A drill }
            spec:
              topology: { regions: [us-east-1, eu-west-1], latency: 80ms }
              load: { rate: 100/s, for: 10s }
              steps:
                - { at: 1s, for: 2s, fault: region-kill, region: us-east-1 }
                - { at: 4s, fault: link-slow, link: us-east-1>eu-west-1, latency: 1s, jitter: 10ms, loss: 2% }
              thresholds:
                - rto <= 30s
              sometimes: [unavailable]
            """;

    @Test
    void readsADrill() {
        Drill drill = DrillParser.parse(DRILL);
        assertThat(drill.name()).isEqualTo("a-drill");
        assertThat(drill.load().perSecond()).isEqualTo(100);
        assertThat(drill.load().home()).isEqualTo("us-east-1");
        assertThat(drill.load().failoverTo()).containsExactly("eu-west-1");
        assertThat(drill.steps().get(0).fault()).isEqualTo(new RegionKill("us-east-1"));
        assertThat(drill.steps().get(1).fault())
                .isEqualTo(new SlowLink(
                        new LinkName("us-east-1", "eu-west-1", true), new LinkFault(false, 1_000, 10, 0.02, 0)));
        assertThat(drill.thresholds()).containsExactly(new Threshold("rto <= 30s", "rto", "<=", 30_000));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "kind: Drill | kind: Drills | line 2: 'kind' is 'Drill' here",
                "title: | titel: | line 3: unknown key 'titel' in 'metadata'; did you mean 'title'?",
                "name: a-drill | name: A_Drill | line 3: a drill's name is made of small letters, digits and '-', not 'A_Drill'",
                "latency: 80ms | latency: soon | line 5: 'soon' is not a duration; write it like 80ms, 30s, 2m or 1h",
                "latency: 80ms | consistency: strong | line 5: a strongly consistent table stands in three regions, not in 2",
                "latency: 80ms | consistency: high | line 5: 'consistency' is eventual or strong, not 'high'",
                "for: 10s | reads: dirty | line 6: 'reads' is eventual or strong, not 'dirty'",
                "rate: 100/s | rate: 0/s | line 6: 'rate' is more than 0",
                "for: 10s | for: -5s | line 6: 'for' is more than 0, not -5s",
                "for: 10s | puts: 150 | line 6: 'puts' is from 0 to 100, not 150",
                "for: 10s | item-size: 0 | line 6: 'item-size' is from 1 to 400000, not 0",
                "for: 10s | timeout: 0s | line 6: 'timeout' is more than 0, not 0s",
                "us-east-1, eu-west-1] | us-east-1, us-east-1] | line 5: a region is named twice",
                "at: 1s | at: 10s | line 8: the load is from 0 to 10000 ms; at 10000 ms nobody sees the fault begin",
                "for: 2s | for: 0s | line 8: 'for' is more than 0, not 0s",
                "rto <= 30s | rto <= 30 | line 11: 'rto' is a time; write it like 'rto <= 30s'",
                "rto <= 30s | rpo.writes <= 5s | line 11: 'rpo.writes' is a count; write it like 'rpo.writes <= 5'",
                "rto <= 30s | errors <= 5ms | line 11: 'errors' is a percentage; write it like 'errors <= 5%'",
                "rate: 100/s | rate: many | line 6: 'rate' is written like 200/s",
                "for: 10s | four: 10s | line 6: unknown key 'four' in 'load'; did you mean 'for'?",
                "region-kill | region-kil | line 8: there is no fault 'region-kil'; did you mean 'region-kill'?",
                "region: us-east-1 | region: us-east-2 | line 8: region 'us-east-2' is not in the topology; did you mean 'us-east-1'?",
                "at: 1s | at: now | line 8: 'now' is not a duration; write it like 80ms, 30s, 2m or 1h",
                "us-east-1>eu-west-1 | us-east-1 | line 9: 'link' is written like us-east-1~eu-west-1, or with > for one way",
                "rto <= 30s | rot <= 30s | line 11: there is no measure 'rot'; did you mean 'rto'?",
                "rto <= 30s | rto is low | line 11: 'rto is low' is not a threshold; write it like 'rto <= 30s' or 'rpo.writes == 0'",
                "[unavailable] | [unavailible] | line 12: nothing is called 'unavailible' here; did you mean 'unavailable'?",
                "spec: | spec: [ | line 6: expected ',' or ']'",
            })
    void namesTheLineAndTheMending(String right, String wrong, String message) {
        assertThat(DRILL).contains(right);
        assertThatExceptionOfType(DrillFileException.class)
                .isThrownBy(() -> DrillParser.parse(DRILL.replaceFirst(java.util.regex.Pattern.quote(right), wrong)))
                .withMessageStartingWith(message);
    }

    @Test
    void readsOfAStronglyConsistentTableAreStrongAndThereAreNoTransactions() {
        String strong = DRILL.replace("latency: 80ms", "consistency: strong")
                .replace("eu-west-1]", "eu-west-1, ap-southeast-2]");
        assertThat(DrillParser.parse(DRILL).load().strongReads()).isFalse();
        assertThat(DrillParser.parse(strong).load().strongReads()).isTrue();
        assertThat(DrillParser.parse(strong.replace("for: 10s", "for: 10s, reads: eventual"))
                        .load()
                        .strongReads())
                .isFalse();
        assertThatExceptionOfType(DrillFileException.class)
                .isThrownBy(() -> DrillParser.parse(strong.replace("for: 10s", "for: 10s, workload: bank, keys: 9")))
                .withMessage("line 6: strongly consistent tables take no transactions; leave 'bank' out");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "http-door, effect: smile | a door's effect is one of refuse, refuse-new, hang, 5xx, throttle, slow, access-denied, not 'smile'",
                "http-door, effect: refuse, table: t | a connection is refused before the table is known; leave 'table' out",
                "link-flap, link: us-east-1~eu-west-1, every: 0ms | 'every' is 1ms or more",
                "disk-full, region: eu-west-2 | region 'eu-west-2' is not in the topology; did you mean 'eu-west-1'?",
                "clock-drift, region: us-east-1, rate: fast | 'rate' is written like 200ppm or -1%, not 'fast'",
                "memory-pressure, region: us-east-1, take: half | 'take' is written like 64MB, not 'half'",
                "capacity-ceiling, region: us-east-1 | capacity-ceiling needs 'reads' or 'writes', in units a second",
                "hot-partition, region: us-east-1, writes: -1 | 'writes' is a number of units a second, 0 or more",
                "link-slow, link: us-east-1~eu-west-1, loss: 200% | 'loss' is written like 1%",
            })
    void namesWhatIsWrongWithAFault(String fault, String message) {
        String wrong = DRILL.replace("fault: region-kill, region: us-east-1", "fault: " + fault);
        assertThatExceptionOfType(DrillFileException.class)
                .isThrownBy(() -> DrillParser.parse(wrong))
                .withMessage("line 8: " + message);
    }

    @ParameterizedTest
    @MethodSource("dev.meridian.chaos.drill.DrillLibrary#names")
    void whatComesAlongIsReadable(String name) {
        Drill drill = DrillParser.parse(DrillLibrary.text(name).orElseThrow());
        assertThat(drill.name()).isEqualTo(name);
        assertThat(drill.story()).isNotEmpty();
        assertThat(drill.thresholds()).isNotEmpty();
        assertThat(drill.steps()).isNotEmpty();
    }
}

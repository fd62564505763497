package dev.meridian.chaos.virtual;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.meridian.chaos.drill.Drill;
import dev.meridian.chaos.drill.DrillFileException;
import dev.meridian.chaos.drill.DrillLibrary;
import dev.meridian.chaos.drill.DrillParser;
import dev.meridian.chaos.drill.DrillResult;
import dev.meridian.chaos.drill.DrillResult.Verdict;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class VirtualRunTest {

    private static Drill drill(String name) {
        return DrillParser.parse(DrillLibrary.text(name).orElseThrow());
    }

    @ParameterizedTest
    @MethodSource("dev.meridian.chaos.drill.DrillLibrary#names")
    void whatComesAlongPassesInVirtualTime(String name) {
        if (name.equals("torn-transfers")) {
            assertThatExceptionOfType(DrillFileException.class)
                    .isThrownBy(() -> VirtualRun.run(drill(name), VirtualSetting.USUAL, 1, null))
                    .withMessage("line 13: the workload 'bank' has no form in virtual time; run the drill in real time "
                            + "with 'meridian drill run'");
            return;
        }
        DrillResult result = VirtualRun.run(drill(name), VirtualSetting.USUAL, 1, null);
        assertThat(result.verdict())
                .as("%s: %s", result.reason(), result.measures())
                .isEqualTo(Verdict.PASSED);
    }

    @Test
    void oneSeedGivesOneTraceLineByLine() {
        Drill drill = drill("lose-us-east-1");
        List<String> first = new ArrayList<>();
        List<String> second = new ArrayList<>();
        List<String> other = new ArrayList<>();
        VirtualRun.run(drill, VirtualSetting.USUAL, 7, first::add);
        VirtualRun.run(drill, VirtualSetting.USUAL, 7, second::add);
        VirtualRun.run(drill, VirtualSetting.USUAL, 8, other::add);
        assertThat(first).hasSizeGreaterThan(30_000).isEqualTo(second).isNotEqualTo(other);
    }

    @Test
    void aLostRegionLosesWhatItHadNotSent() {
        DrillResult result = VirtualRun.run(drill("lose-us-east-1"), VirtualSetting.USUAL, 3, null);
        // About what is acknowledged in the time a message takes to the nearest survivor, 34 ms away.
        assertThat(result.measures().get("rpo.writes")).isBetween(5.0, 60.0);
        assertThat(result.measures().get("recovered-late"))
                .isEqualTo(result.measures().get("rpo.writes"));
        assertThat(result.measures().get("rto")).isBetween(1.0, 3_000.0);
        assertThat(result.measures().get("lag.max")).isBetween(14_000.0, 18_000.0);
    }

    @Test
    void lastWriterWinsLosesIncrements() {
        DrillResult result = VirtualRun.run(drill("lost-increments"), VirtualSetting.USUAL, 1, null);
        assertThat(result.measures().get("lost-increments")).isGreaterThan(50);
        assertThat(result.measures().get("lost-increments"))
                .isLessThan(result.measures().get("acknowledged-writes"));
    }
}

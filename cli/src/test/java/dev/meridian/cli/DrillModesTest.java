package dev.meridian.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.meridian.chaos.drill.Drill;
import dev.meridian.chaos.drill.DrillLibrary;
import dev.meridian.chaos.drill.DrillParser;
import dev.meridian.chaos.drill.DrillResult;
import dev.meridian.chaos.drill.DrillRun;
import dev.meridian.chaos.virtual.ModeAgreement;
import dev.meridian.chaos.virtual.VirtualRun;
import dev.meridian.chaos.virtual.VirtualSetting;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Ready drills, five times as short, in real and in virtual time: the same verdict, and RTO and RPO within a band of each other. Some
 * of them; all with {@code -Ddrills=all}.
 */
class DrillModesTest {

    private static final Pattern SECONDS = Pattern.compile("(at|for): ([0-9]+)s");

    static List<String> names() {
        return "all".equals(System.getProperty("drills"))
                ? DrillLibrary.names()
                : List.of("lose-us-east-1", "split-brain", "slow-ocean", "strong-region-loss", "roaming-shopper");
    }

    private static Drill brief(String name) {
        return DrillParser.parse(SECONDS.matcher(DrillLibrary.text(name).orElseThrow())
                .replaceAll(time -> time.group(1) + ": " + Integer.parseInt(time.group(2)) * 200 + "ms")
                .replace("1000/s", "200/s")
                .replace("500/s", "200/s"));
    }

    @ParameterizedTest
    @MethodSource("names")
    void realAndVirtualTimeAgree(String name) throws IOException {
        Drill drill = brief(name);
        DrillResult real;
        try (DrillWorld world = DrillWorld.start(drill)) {
            real = new DrillRun(
                            drill, world.url(), System::nanoTime, () -> LockSupport.parkNanos(1_000_000), said -> {})
                    .run();
        }
        DrillResult virtual = VirtualRun.run(drill, VirtualSetting.USUAL, drill.seed(), null);
        String both = "real " + real.reason() + real.measures() + ", virtual " + virtual.reason() + virtual.measures();
        assertThat(real.verdict()).as(both).isEqualTo(DrillResult.Verdict.PASSED);
        assertThat(new ModeAgreement(real, virtual).isGiven()).as(both).isTrue();
    }
}

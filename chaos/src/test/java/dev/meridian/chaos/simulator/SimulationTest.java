package dev.meridian.chaos.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Many seeds of regions under faults. More by {@code -Dseeds=2000 -DfirstSeed=1}; a failure names its seed, and {@code
 * ./mvnw -pl chaos -am test -Dtest=SimulationTest -Dseeds=1 -DfirstSeed=SEED -Dsurefire.failIfNoSpecifiedTests=false}
 * replays it.
 */
class SimulationTest {

    private static final long SEEDS = Long.getLong("seeds", 250);
    private static final long FIRST_SEED = Long.getLong("firstSeed", 1);

    @Test
    void regionsComeTogetherAndLoseNothingThatWasAcknowledged() {
        long acknowledged = 0;
        long conflicts = 0;
        long crashes = 0;
        long tombstonesGone = 0;
        for (long seed = FIRST_SEED; seed < FIRST_SEED + SEEDS; seed++) {
            Simulation.Outcome outcome = Simulation.run(seed, regions(seed), PlantedBug.NONE);
            acknowledged += outcome.acknowledged();
            conflicts += outcome.conflicts();
            crashes += outcome.crashes();
            tombstonesGone += outcome.tombstonesGone();
        }
        // A run that never met what it is about would prove nothing.
        assertThat(acknowledged).isPositive();
        if (SEEDS >= 50) {
            assertThat(conflicts).isGreaterThan(SEEDS);
            assertThat(crashes).isGreaterThan(SEEDS / 4);
            assertThat(tombstonesGone).isGreaterThan(SEEDS * 10);
        }
    }

    @Test
    void oneSeedGivesOneHistory() {
        for (long seed = 1; seed <= 10; seed++) {
            assertThat(Simulation.run(seed, 3, PlantedBug.NONE)).isEqualTo(Simulation.run(seed, 3, PlantedBug.NONE));
        }
    }

    @ParameterizedTest
    @EnumSource(value = PlantedBug.class, mode = EnumSource.Mode.EXCLUDE, names = "NONE")
    void everyPlantedBugIsFoundWithin200Seeds(PlantedBug bug) {
        for (long seed = 1; seed <= 200; seed++) {
            try {
                Simulation.run(seed, regions(seed), bug);
            } catch (AssertionError found) {
                return;
            }
        }
        throw new AssertionError(bug + " was not found");
    }

    private static int regions(long seed) {
        return 3 + (int) (seed % 3);
    }
}

package dev.meridian.chaos.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Many seeds of three regions that agree on items under faults. More by {@code -Dseeds=2000 -DfirstSeed=1}; a failure names
 * its seed, and {@code ./mvnw -pl chaos -am test -Dtest=ConsensusSimulationTest -Dseeds=1 -DfirstSeed=SEED
 * -Dsurefire.failIfNoSpecifiedTests=false} replays it.
 */
class ConsensusSimulationTest {

    private static final long SEEDS = Long.getLong("seeds", 300);
    private static final long FIRST_SEED = Long.getLong("firstSeed", 1);

    @Test
    void everyItemIsLinearizable() {
        long replaced = 0;
        long overtaken = 0;
        long unknown = 0;
        long crashes = 0;
        for (long seed = FIRST_SEED; seed < FIRST_SEED + SEEDS; seed++) {
            ConsensusSimulation.Outcomes outcome = ConsensusSimulation.run(seed, ConsensusBug.NONE);
            replaced += outcome.replaced();
            overtaken += outcome.overtaken();
            unknown += outcome.unknown();
            crashes += outcome.crashes();
        }
        // A run that never met what it is about would prove nothing.
        assertThat(replaced).isPositive();
        if (SEEDS >= 50) {
            assertThat(overtaken).isGreaterThan(SEEDS / 4);
            assertThat(unknown).isGreaterThan(SEEDS / 30);
            assertThat(crashes).isGreaterThan(SEEDS);
        }
    }

    @Test
    void oneSeedGivesOneHistory() {
        for (long seed = 1; seed <= 10; seed++) {
            assertThat(ConsensusSimulation.run(seed, ConsensusBug.NONE))
                    .isEqualTo(ConsensusSimulation.run(seed, ConsensusBug.NONE));
        }
    }

    @ParameterizedTest
    @EnumSource(value = ConsensusBug.class, mode = EnumSource.Mode.EXCLUDE, names = "NONE")
    void everyPlantedBugIsFoundWithin200Seeds(ConsensusBug bug) {
        for (long seed = 1; seed <= 200; seed++) {
            try {
                ConsensusSimulation.run(seed, bug);
            } catch (AssertionError found) {
                return;
            }
        }
        throw new AssertionError(bug + " was not found");
    }
}

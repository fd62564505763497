package dev.meridian.chaos.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Many seeds of regions under faults. More by {@code -Dseeds=2000 -DfirstSeed=1}; a failure names its seed, and {@code
 * ./mvnw -pl chaos -am test -Dtest=SimulationTest -Dseeds=1 -DfirstSeed=SEED -Dsurefire.failIfNoSpecifiedTests=false}
 * replays it.
 */
class SimulationTest {

    private static final Path PAGE = Path.of("../docs/simulator.md");
    private static final String TABLE_HEAD = "| planted bug | found by seed | by |\n| --- | --- | --- |\n";
    private static final long SEEDS = Long.getLong("seeds", 300);
    private static final long FIRST_SEED = Long.getLong("firstSeed", 1);

    @Test
    void regionsComeTogetherAndLoseNothingThatWasAcknowledged() {
        long acknowledged = 0;
        long conflicts = 0;
        long crashes = 0;
        long replicaChanges = 0;
        long tombstonesGone = 0;
        for (long seed = FIRST_SEED; seed < FIRST_SEED + SEEDS; seed++) {
            Simulation.Outcome outcome = Simulation.run(seed, regions(seed), PlantedBug.NONE);
            acknowledged += outcome.acknowledged();
            conflicts += outcome.conflicts();
            crashes += outcome.crashes();
            replicaChanges += outcome.replicaChanges();
            tombstonesGone += outcome.tombstonesGone();
        }
        // A run that never met what it is about would prove nothing.
        assertThat(acknowledged).isPositive();
        if (SEEDS >= 50) {
            assertThat(conflicts).isGreaterThan(SEEDS);
            assertThat(crashes).isGreaterThan(SEEDS / 4);
            assertThat(replicaChanges).isGreaterThan(SEEDS);
            assertThat(tombstonesGone).isGreaterThan(SEEDS * 10);
        }
    }

    /** Fewer seeds than for the service's rule: what is not about the rule is the same. */
    @ParameterizedTest
    @ValueSource(strings = {"attributes", "priority=region-b"})
    void soTheyDoByOtherPolicies(String policy) {
        long conflicts = 0;
        long seeds = Math.max(1, SEEDS / 3);
        for (long seed = FIRST_SEED; seed < FIRST_SEED + seeds; seed++) {
            conflicts +=
                    Simulation.run(seed, regions(seed), PlantedBug.NONE, policy).conflicts();
        }
        assertThat(conflicts).isGreaterThan(SEEDS >= 50 ? seeds / 2 : -1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"attributes", "priority=region-b"})
    void aRegionThatDecidesByAnotherPolicyIsFound(String policy) {
        for (long seed = 1; seed <= 200; seed++) {
            try {
                Simulation.run(seed, regions(seed), PlantedBug.OTHER_POLICY, policy);
            } catch (AssertionError found) {
                return;
            }
        }
        throw new AssertionError("it was not found");
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
        assertThat(found(bug)).isNotEmpty();
    }

    /** {@code -Dtable=write} writes the table of docs/simulator.md anew. */
    @Test
    void thePageTellsOfEveryPlantedBug() throws IOException {
        String page = Files.readString(PAGE);
        if (System.getProperty("table", "").equals("write")) {
            StringBuilder rows = new StringBuilder();
            for (PlantedBug bug : PlantedBug.values()) {
                if (bug != PlantedBug.NONE) {
                    rows.append(found(bug));
                }
            }
            int begin = page.indexOf(TABLE_HEAD) + TABLE_HEAD.length();
            int end = page.indexOf("\n\n", begin) + 1;
            page = page.substring(0, begin) + rows + page.substring(end);
            Files.writeString(PAGE, page);
        }
        for (PlantedBug bug : PlantedBug.values()) {
            assertThat(page).contains(bug == PlantedBug.NONE ? TABLE_HEAD : "| " + bug.mistake() + " | ");
        }
    }

    /** A row of the page: which seed finds the bug, and by what; empty where none of 200 does. */
    private static String found(PlantedBug bug) {
        for (long seed = 1; seed <= 200; seed++) {
            try {
                Simulation.run(seed, regions(seed), bug);
            } catch (AssertionError found) {
                String breach =
                        String.valueOf(found.getMessage()).lines().findFirst().orElse("");
                return "| " + bug.mistake() + " | " + seed + " | "
                        + breach.substring(breach.indexOf(": ") + 2)
                                .replaceAll("Version\\[timestamp=\\d+, region=([a-z-]+)]", "a version of $1")
                        + " |\n";
            }
        }
        return "";
    }

    private static int regions(long seed) {
        return 3 + (int) (seed % 5);
    }
}

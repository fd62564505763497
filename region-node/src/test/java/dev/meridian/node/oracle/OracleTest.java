package dev.meridian.node.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.meridian.node.wire.WireTarget;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs of operations by chance, each answer held against the oracle's. {@code -Doracle=N} makes N runs, {@code
 * -Doracle.seed=S} begins with another, {@code -Dtarget=URL} puts another implementation to the test.
 */
class OracleTest {

    private static final Logger LOG = LoggerFactory.getLogger(OracleTest.class);
    private static final int SHOWN_MAX = 10;
    private static final int RUNS = 25;
    private static final int STEPS_OF_A_RUN = 400;

    private final Map<String, Integer> outcomes = new TreeMap<>();

    @Test
    void answersAsTheOracleDoes() {
        int runs = Integer.getInteger("oracle", RUNS);
        long first = Long.getLong("oracle.seed", 1);
        SoftAssertions softly = new SoftAssertions();
        for (long seed = first;
                seed < first + runs && softly.assertionErrorsCollected().size() < SHOWN_MAX;
                seed++) {
            run(seed, softly);
        }
        softly.assertAll();
        LOG.info("{} runs: {}", runs, outcomes);
        // What is refused or finds nothing shows little.
        assertThat(outcomes.get("answered")).isGreaterThan(runs * STEPS_OF_A_RUN * 2 / 5);
    }

    /** Ends at its first difference: from there on they may hold different things. */
    private void run(long seed, SoftAssertions softly) {
        Shelf wide = shelf(Schema.wide(WireTarget.freshName()));
        Shelf narrow = shelf(Schema.narrow(WireTarget.freshName()));
        Chance chance = new Chance(seed);
        for (int number = 1; number <= STEPS_OF_A_RUN; number++) {
            Step step = step(chance, List.of(wide, wide, narrow));
            Map<String, Object> expected = expected(step);
            Map<String, Object> actual = Outcome.of(step);
            if (KnownDifferences.explain(step, expected, actual)) {
                continue;
            }
            softly.assertThat(actual)
                    .as(
                            "step %s of run %s; replay with -Dtest=OracleTest -Doracle=1 -Doracle.seed=%s%n%s %s",
                            number, seed, seed, step.operation(), Json.write(step.request()))
                    .isEqualTo(expected);
            if (!actual.equals(expected)) {
                return;
            }
            outcomes.merge(String.valueOf(expected.getOrDefault("refused", "answered")), 1, Integer::sum);
        }
        for (Shelf shelf : List.of(wide, narrow)) {
            WireTarget.answer(
                    "DeleteTable", "{\"TableName\":\"" + shelf.schema().table() + "\"}");
        }
    }

    private static Shelf shelf(Schema schema) {
        WireTarget.answer("CreateTable", Json.write(schema.createTable()));
        WireTarget.sdk().waiter().waitUntilTableExists(of -> of.tableName(schema.table()));
        return new Shelf(schema);
    }

    private static Step step(Chance chance, List<Shelf> shelves) {
        Shelf shelf = chance.pick(shelves);
        Reads reads = new Reads(chance);
        Many many = new Many(chance, shelves);
        return switch (chance.random.nextInt(14)) {
            case 0 -> reads.get(shelf);
            case 1, 2 -> reads.query(shelf);
            case 3 -> reads.scan(shelf);
            case 4 -> many.batchWrite();
            case 5 -> many.batchGet();
            case 6 -> many.transactGet();
            case 7, 8 -> many.transactWrite();
            default -> new Writes(chance).step(shelf);
        };
    }

    private static Map<String, Object> expected(Step step) {
        try {
            return step.expected().get();
        } catch (Refusal refusal) {
            return Outcome.refusal(refusal.type());
        }
    }
}

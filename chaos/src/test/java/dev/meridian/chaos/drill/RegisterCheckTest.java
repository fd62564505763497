package dev.meridian.chaos.drill;

import static org.assertj.core.api.Assertions.assertThat;

import dev.meridian.chaos.drill.History.Operation;
import dev.meridian.chaos.drill.History.Outcome;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RegisterCheckTest {

    private final List<Operation> history = new ArrayList<>();

    private void put(long number, String region, double from, double to, Outcome outcome) {
        history.add(new Operation(number, true, "k", region, from, to, outcome, 0, 1));
    }

    private void get(long seen, String region, double from, double to) {
        history.add(new Operation(100 + history.size(), false, "k", region, from, to, Outcome.DONE, seen, 1));
    }

    @Test
    void aRegionThatAloneWritesAKeyIsARegisterForIt() {
        put(1, "us", 0, 10, Outcome.DONE);
        put(2, "us", 20, 30, Outcome.DONE);
        get(1, "us", 12, 15);
        get(1, "us", 21, 25);
        get(2, "us", 31, 35);
        get(1, "eu", 40, 45);
        RegisterCheck check = RegisterCheck.of(history, false);
        assertThat(check.checked()).isEqualTo(1);
        assertThat(check.broken()).isZero();
        assertThat(RegisterCheck.of(history, true).broken())
                .as("in a strongly consistent table no region may be behind")
                .isEqualTo(1);
    }

    @Test
    void aValueThatComesBackIsFoundAndTold() {
        put(1, "us", 0, 10, Outcome.DONE);
        put(2, "us", 20, 30, Outcome.DONE);
        get(2, "us", 31, 35);
        get(1, "us", 36, 40);
        RegisterCheck check = RegisterCheck.of(history, false);
        assertThat(check.broken()).isEqualTo(1);
        assertThat(check.example()).startsWith("k: no order explains these operations");
    }

    @Test
    void whatNobodyKnowsOfMayHaveHappenedOrNot() {
        put(1, "us", 0, 10, Outcome.DONE);
        put(2, "us", 20, 30, Outcome.UNKNOWN);
        put(3, "us", 40, 50, Outcome.REFUSED);
        get(1, "us", 60, 70);
        get(2, "us", 80, 90);
        assertThat(RegisterCheck.of(history, false).broken()).isZero();
        get(3, "us", 95, 96);
        assertThat(RegisterCheck.of(history, false).broken()).isEqualTo(1);
    }

    @Test
    void keysThatSeveralRegionsWriteOrNobodyReadsAreLeftOut() {
        put(1, "us", 0, 10, Outcome.DONE);
        assertThat(RegisterCheck.of(history, false).checked()).isZero();
        put(2, "eu", 20, 30, Outcome.DONE);
        get(1, "us", 31, 35);
        assertThat(RegisterCheck.of(history, false).checked()).isZero();
    }

    @Test
    void aLongHistoryIsLookedAtUpToAPointWhereNothingThatWasSeenIsLeftOut() {
        for (int number = 1; number < 3_000; number++) {
            put(number, "us", number * 10, number * 10 + 5, Outcome.DONE);
        }
        get(3_001, "us", 30_010, 30_012);
        put(3_001, "us", 30_000, 30_020, Outcome.DONE);
        assertThat(RegisterCheck.of(history, false).checked()).isEqualTo(1);
        assertThat(RegisterCheck.of(history, false).example()).isEmpty();
    }
}

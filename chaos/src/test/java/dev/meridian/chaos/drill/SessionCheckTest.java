package dev.meridian.chaos.drill;

import static org.assertj.core.api.Assertions.assertThat;

import dev.meridian.chaos.drill.History.Operation;
import dev.meridian.chaos.drill.History.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** One key, two clients: what a client has a right to see of its own writes, and what it has not. */
class SessionCheckTest {

    private static final String US = "us-east-1";
    private static final String EU = "eu-west-1";

    private final List<Operation> operations = new ArrayList<>();
    private double now;

    private void put(long number, String region, long client, Outcome outcome) {
        operations.add(new Operation(number, true, "k", region, now, now + 5, outcome, 0, client));
        now += 10;
    }

    private void put(long number, String region, long client) {
        put(number, region, client, Outcome.DONE);
    }

    private void get(String region, long client, long seen) {
        operations.add(
                new Operation(100 + operations.size(), false, "k", region, now, now + 5, Outcome.DONE, seen, client));
        now += 10;
    }

    private SessionCheck check(long held) {
        return new SessionCheck(operations, Map.of("k", held), true);
    }

    @Test
    void aWriteThatIsNotThereInAnotherRegionIsUnread() {
        put(1, US, 1);
        get(EU, 1, 0);
        assertThat(check(1).ownWritesUnread()).isEqualTo(1);
        assertThat(check(1).checked()).isEqualTo(1);
    }

    @Test
    void whatOthersHaveNotSeenIsNoBreach() {
        put(1, US, 1);
        get(EU, 2, 0);
        assertThat(check(1).ownWritesUnread()).isZero();
        assertThat(check(1).checked()).isZero();
    }

    @Test
    void anOwnWriteBeforeThatOneIsOlderWhateverTheRegions() {
        put(1, US, 1);
        put(2, EU, 1);
        get(US, 1, 1);
        assertThat(check(2).ownWritesUnread()).isEqualTo(1);
        assertThat(new SessionCheck(operations, Map.of("k", 2L), false).ownWritesUnread())
                .as("without a token their order is open")
                .isZero();
    }

    @Test
    void anothersWriteFromElsewhereMayHaveWon() {
        put(1, US, 2);
        put(2, EU, 1);
        get(EU, 1, 1);
        assertThat(check(1).ownWritesUnread()).isZero();
    }

    @Test
    void anothersWriteOfTheSameRegionBeforeItMayNot() {
        put(1, US, 2);
        put(2, US, 1);
        get(EU, 1, 1);
        assertThat(check(2).ownWritesUnread()).isEqualTo(1);
    }

    @Test
    void aWriteOfWhichNobodyKnowsIsNotAskedFor() {
        put(1, US, 1, Outcome.UNKNOWN);
        get(EU, 1, 0);
        assertThat(check(1).checked()).isZero();
    }

    @Test
    void aReadThatForgetsWhatAnotherReadHasShownWentBack() {
        put(1, US, 2);
        get(US, 1, 1);
        get(EU, 1, 0);
        assertThat(check(1).readsWentBack()).isEqualTo(1);
        assertThat(check(1).ownWritesUnread()).isZero();
    }

    @Test
    void anEarlierWriteThatStandsInTheEndWasReordered() {
        put(1, US, 1);
        put(2, EU, 1);
        assertThat(check(1).writesReordered()).isEqualTo(1);
        assertThat(check(2).writesReordered()).isZero();
        assertThat(check(7).writesReordered()).as("another's has won").isZero();
    }
}

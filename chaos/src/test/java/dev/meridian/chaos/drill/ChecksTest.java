package dev.meridian.chaos.drill;

import static org.assertj.core.api.Assertions.assertThat;

import dev.meridian.chaos.drill.History.Operation;
import dev.meridian.chaos.drill.History.Outcome;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ChecksTest {

    private static final String US = "us-east-1";
    private static final String EU = "eu-west-1";

    private final List<Operation> operations = new ArrayList<>();

    private void put(long number, String region, double start, double end) {
        operations.add(new Operation(number, true, "k", region, start, end, Outcome.DONE, 0, 1));
    }

    private void get(long number, String region, double start, double end, long seen) {
        operations.add(new Operation(number, false, "k", region, start, end, Outcome.DONE, seen, 1));
    }

    private long wentBack() {
        return new Checks(operations).wentBack();
    }

    private long unread() {
        return new Checks(operations).ownWritesUnread();
    }

    @Test
    void aValueThatComesBackIsFound() {
        put(1, US, 0, 5);
        put(2, EU, 0, 5);
        get(3, EU, 10, 11, 1);
        get(4, EU, 20, 21, 2);
        assertThat(wentBack()).isZero();
        get(5, EU, 30, 31, 1);
        assertThat(wentBack()).isEqualTo(1);
    }

    @Test
    void anotherRegionMayShowItStill() {
        put(1, US, 0, 5);
        put(2, EU, 0, 5);
        get(3, EU, 10, 11, 1);
        get(4, EU, 20, 21, 2);
        get(5, US, 30, 31, 1);
        assertThat(wentBack()).isZero();
    }

    @Test
    void readsThatOverlapMayHaveHappenedInEitherOrder() {
        put(1, US, 0, 5);
        put(2, EU, 0, 5);
        get(3, EU, 10, 11, 1);
        get(4, EU, 20, 40, 2);
        get(5, EU, 25, 35, 1);
        assertThat(wentBack()).isZero();
    }

    @Test
    void aRegionsWritesAreNeverSeenInTheWrongOrder() {
        put(1, US, 0, 5);
        put(2, US, 10, 15);
        get(3, EU, 20, 21, 2);
        get(4, EU, 30, 31, 1);
        assertThat(wentBack()).isEqualTo(1);
    }

    @Test
    void aReadSeesWhatItsRegionAcknowledged() {
        put(1, US, 0, 5);
        put(2, US, 10, 15);
        get(3, US, 20, 21, 2);
        get(4, EU, 20, 21, 0);
        assertThat(unread()).isZero();
        get(5, US, 30, 31, 1);
        get(6, US, 40, 41, 0);
        assertThat(unread()).isEqualTo(2);
    }

    @Test
    void aWriteOfAnotherRegionMayHaveWon() {
        put(1, EU, 0, 5);
        put(2, US, 10, 15);
        get(3, US, 20, 21, 1);
        assertThat(unread()).isZero();
    }

    @Test
    void anUnfinishedWriteIsNobodysOwn() {
        put(1, US, 0, 50);
        get(2, US, 20, 21, 0);
        assertThat(unread()).isZero();
    }
}

package dev.meridian.replication.tombstone;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StableTimesTest {

    private static final Map<String, Long> TWO = Map.of("us", 1L, "eu", 1L);

    private final StableTimes times = new StableTimes();

    private static Standing standing(Map<String, Long> members, long timestamp, long sequence, String peer, long held) {
        return new Standing(members, List.of(new Standing.Mark(timestamp, sequence)), List.of(Map.of(peer, held)));
    }

    private static Map<String, Standing> standings(long usTime, long usSequence, long usHasOfEu, long euHasOfUs) {
        return Map.of(
                "us", standing(TWO, usTime, usSequence, "eu", usHasOfEu),
                "eu", standing(TWO, usTime + 5, 7, "us", euHasOfUs));
    }

    @Test
    void whatOnePassMarksIsStableOnceALaterOneFindsItEverywhere() {
        assertThat(times.pass(standings(100, 3, 7, 0), 1)).containsExactly(0L);
        assertThat(times.pass(standings(200, 4, 7, 2), 1))
                .as("Europe lacks a record")
                .containsExactly(0L);
        assertThat(times.pass(standings(300, 9, 7, 3), 1))
                .as("the marks of the first pass count, and of them the earliest")
                .containsExactly(100L);
        assertThat(times.pass(standings(400, 9, 7, 9), 1)).containsExactly(300L);
    }

    @Test
    void aMemberThatCannotBeAskedHoldsEverythingUp() {
        Map<String, Standing> both = standings(100, 3, 7, 3);
        times.pass(both, 1);
        assertThat(times.pass(Map.of("us", both.get("us")), 1)).containsExactly(0L);
        assertThat(times.pass(standings(200, 3, 7, 3), 1))
                .as("what was marked still counts")
                .containsExactly(100L);
    }

    @Test
    void marksOfOtherMembersDoNotCount() {
        times.pass(standings(100, 3, 7, 3), 1);
        Map<String, Long> again = Map.of("us", 1L, "eu", 2L);
        Map<String, Standing> joinedAgain = Map.of(
                "us", standing(again, 200, 3, "eu", 7),
                "eu", standing(again, 200, 0, "us", 3));
        assertThat(times.pass(joinedAgain, 1)).containsExactly(0L);
        assertThat(times.pass(joinedAgain, 1)).containsExactly(200L);
    }

    @Test
    void regionsThatDisagreeOnTheMembersAreNotReliedOn() {
        times.pass(standings(100, 3, 7, 3), 1);
        Map<String, Standing> disagreeing = Map.of(
                "us", standing(Map.of("us", 1L, "eu", 1L, "ap", 1L), 200, 3, "eu", 7),
                "eu", standing(TWO, 200, 7, "us", 3));
        assertThat(times.pass(disagreeing, 1)).containsExactly(0L);
        assertThat(times.pass(standings(300, 3, 7, 3), 1)).containsExactly(0L);
        assertThat(times.pass(standings(400, 3, 7, 3), 1)).containsExactly(300L);
    }

    @Test
    void standingsComeBackFromTheirBytes() {
        Map<String, Standing> standings = Map.of("g1", standing(TWO, 100, 3, "eu", 7));
        assertThat(Standing.decode(Standing.encode(standings))).isEqualTo(standings);
    }
}

package dev.meridian.chaos.linearizability;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class LinearizabilityTest {

    @Test
    void aReadThatSeesWhatWasWrittenBeforeIsExplained() {
        assertExplained(write(1, 2, "a"), read(3, 4, "a"));
        assertExplained(read(1, 2, ""), write(3, 4, "a"));
    }

    @Test
    void aReadThatMissesAWriteThatHadEndedIsNot() {
        assertBreach(write(1, 2, "a"), read(3, 4, ""));
        assertBreach(write(1, 2, "a"), write(3, 4, "b"), read(5, 6, "a"));
    }

    @Test
    void operationsAtTheSameTimeMayComeInEitherOrder() {
        assertExplained(write(1, 10, "a"), read(2, 3, ""));
        assertExplained(write(1, 10, "a"), read(2, 3, "a"));
        assertExplained(write(1, 10, "a"), write(2, 11, "b"), read(12, 13, "a"));
    }

    @Test
    void whatOneReaderSawTheNextMayNotMiss() {
        assertBreach(write(1, 10, "a"), read(2, 3, "a"), read(4, 5, ""));
    }

    @Test
    void aWriteWithoutAnAnswerMayTakePlaceLateOrNever() {
        assertExplained(write(1, RegisterOperation.NEVER, "a"), read(2, 3, ""), read(4, 5, ""));
        assertExplained(write(1, RegisterOperation.NEVER, "a"), read(2, 3, ""), read(4, 5, "a"));
        assertBreach(write(1, RegisterOperation.NEVER, "a"), read(2, 3, "a"), read(4, 5, ""));
        assertBreach(read(1, 2, "a"), write(3, RegisterOperation.NEVER, "a"));
    }

    @Test
    void onlyOneOfTwoSwapsOfTheSameValueSucceeds() {
        assertExplained(swap(1, 5, "", "a"), swap(2, 6, "a", "b"));
        assertBreach(swap(1, 5, "", "a"), swap(2, 6, "", "b"));
    }

    @Test
    void longHistoriesOfARealRegisterAreExplained() {
        SplittableRandom random = new SplittableRandom(1);
        List<RegisterOperation> operations = new ArrayList<>();
        String state = "";
        for (int i = 1; i <= 2_000; i++) {
            // Each takes place at i * 10 and is seen some way around it.
            long begin = i * 10L - random.nextInt(60);
            long end = i * 10L + random.nextInt(60);
            if (random.nextInt(3) == 0) {
                state = "w" + i;
                operations.add(write(begin, random.nextInt(10) == 0 ? RegisterOperation.NEVER : end, state));
            } else {
                operations.add(read(begin, end, state));
            }
        }
        assertThat(Linearizability.breach("", operations)).isEmpty();
    }

    private static void assertExplained(RegisterOperation... operations) {
        assertThat(Linearizability.breach("", List.of(operations))).isEmpty();
    }

    private static void assertBreach(RegisterOperation... operations) {
        assertThat(Linearizability.breach("", List.of(operations)))
                .hasValueSatisfying(words -> assertThat(words).contains("no order explains"));
    }

    private static RegisterOperation write(long begin, long end, String value) {
        return new RegisterOperation(begin, end, new RegisterOperation.Write(value));
    }

    private static RegisterOperation read(long begin, long end, String value) {
        return new RegisterOperation(begin, end, new RegisterOperation.Read(value));
    }

    private static RegisterOperation swap(long begin, long end, String expected, String value) {
        return new RegisterOperation(begin, end, new RegisterOperation.Swap(expected, value));
    }
}

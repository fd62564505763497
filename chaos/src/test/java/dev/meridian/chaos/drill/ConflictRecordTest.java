package dev.meridian.chaos.drill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ConflictRecordTest {

    private static final int ALL = 25_000;

    private final List<Long> asked = new ArrayList<>();

    /** What regions tell that detected a conflict a millisecond, or several: write N of key kN lost at N / perMilli. */
    private String page(long before, int perMilli) {
        asked.add(before);
        long last = Math.min(ALL, before > ALL ? ALL : before * perMilli - 1);
        String newestFirst = java.util.stream.LongStream.iterate(last, number -> number > 0, number -> number - 1)
                .limit(ConflictRecord.PAGE)
                .mapToObj(number -> conflict(number, number / perMilli))
                .collect(Collectors.joining(","));
        return "{\"regions\":{\"us-east-1\":{\"region\":\"us-east-1\",\"conflicts\":[" + newestFirst
                + "]},\"eu-west-1\":null,\"ap-southeast-2\":{\"region\":\"ap-southeast-2\",\"conflicts\":["
                + (before > ALL ? conflict(ALL + 1, ALL) : "") + "]}}}";
    }

    private static String conflict(long number, long detectedAtMillis) {
        String item = "{\"id\":{\"S\":\"k" + number + "\"},\"n\":{\"N\":\"" + number + "\"}}";
        return "{\"table\":\"t\",\"rule\":\"LATER_STAMP\",\"detectedIn\":\"us-east-1\",\"detectedAtMillis\":"
                + detectedAtMillis + ",\"winner\":{\"writtenIn\":\"eu-west-1\",\"writtenAtMillis\":9,\"item\":" + item
                + "},\"loser\":{\"writtenIn\":\"us-east-1\",\"writtenAtMillis\":8,\"item\":" + item + "}}";
    }

    @Test
    void isReadToItsEndHoweverLongItIs() {
        ConflictRecord record = ConflictRecord.read(before -> page(before, 3));
        assertThat(record.losers())
                .hasSize(ALL + 1)
                .containsEntry("k1", Set.of(1L))
                .containsEntry("k25001", Set.of(25_001L));
        assertThat(record.newest()).hasSize(Sightings.CONFLICTS_MAX);
        assertThat(record.newest().get(0).key()).isEqualTo("k25000");
        assertThat(asked).hasSizeBetween(25, 27);
    }

    @Test
    void saysSoWhereItCannotBeReadToItsEnd() {
        assertThatIllegalStateException()
                .isThrownBy(() -> ConflictRecord.read(before -> page(before, ALL + 1)))
                .withMessageStartingWith("a region detected more than 1000 conflicts in one millisecond");
    }
}

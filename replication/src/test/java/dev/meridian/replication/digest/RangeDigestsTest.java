package dev.meridian.replication.digest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.meridian.conflict.Stamp;
import dev.meridian.conflict.Version;
import dev.meridian.replication.log.StampedImage;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class RangeDigestsTest {

    private static byte[] key(int hash) {
        return ByteBuffer.allocate(8).putInt(hash).putInt(7).array();
    }

    private static StampedImage row(long timestamp, int... image) {
        byte[] bytes = new byte[image.length];
        for (int i = 0; i < image.length; i++) {
            bytes[i] = (byte) image[i];
        }
        return new StampedImage(Stamp.first(new Version(timestamp, "us-east-1")), bytes);
    }

    private static RangeDigests of(Map<Integer, StampedImage> rows) {
        Map<Integer, StampedImage> ordered = new TreeMap<>(Integer::compareUnsigned);
        ordered.putAll(rows);
        RangeDigests.Builder digests = new RangeDigests.Builder();
        ordered.forEach((hash, row) -> digests.add(key(hash), row));
        return digests.build();
    }

    @Test
    void equalTablesHaveEqualDigests() {
        Map<Integer, StampedImage> rows = Map.of(1, row(1, 1), -5, row(2, 2), 1 << 30, row(3));
        assertThat(of(rows).differing(of(rows))).isEmpty();
        assertThat(of(rows).root()).isEqualTo(of(rows).root());
        assertThat(RangeDigests.decode(of(rows).encode()).root()).isEqualTo(of(rows).root());
    }

    @Test
    void aDifferenceShowsInItsRangeAlone() {
        int last = -1;
        Map<Integer, StampedImage> one = Map.of(1, row(1, 1), 1 << 22, row(2, 2), last, row(3, 3));
        Map<Integer, StampedImage> other = Map.of(1, row(1, 1), 1 << 22, row(4, 2), last, row(3));
        assertThat(of(one).differing(of(other)))
                .containsExactly(new RangeDigests.Span(1, 2), new RangeDigests.Span(1_023, 1_024));
        assertThat(RangeDigests.start(1)).isEqualTo(new byte[] {0, 0x40, 0, 0});
        assertThat(RangeDigests.start(1_024)).isNull();
        assertThat(of(one).root()).isNotEqualTo(of(other).root());
    }

    @Test
    void aTombstoneIsNotAnEmptyImage() {
        StampedImage tombstone = new StampedImage(Stamp.first(new Version(1, "us-east-1")), null);
        assertThat(of(Map.of(1, tombstone)).root())
                .isNotEqualTo(of(Map.of(1, row(1))).root());
    }

    @Test
    void neighbouringRangesAreOneSpan() {
        assertThat(of(Map.of(1, row(1), 1 << 22, row(1))).differing(of(Map.of())))
                .containsExactly(new RangeDigests.Span(0, 2));
    }
}

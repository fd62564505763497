package dev.meridian.replication.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.meridian.conflict.AttributeVersions;
import dev.meridian.conflict.Stamp;
import dev.meridian.conflict.Version;
import dev.meridian.conflict.VersionVector;
import dev.meridian.replication.log.ChangeRecord;
import dev.meridian.replication.log.Conflict;
import dev.meridian.replication.log.MalformedBytesException;
import dev.meridian.replication.log.StampedImage;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Everything that travels or stays as bytes comes back as it was; anything else is refused. */
class CodecTest {

    private static final Stamp STAMP =
            new Stamp(new Version(77, "eu-west-1"), new VersionVector(Map.of("eu-west-1", 77L, "us-east-1", 12L)));

    @Test
    void pullsAndTheirAnswersComeBackAsTheyWere() {
        PullRequest request = new PullRequest(9, Map.of(new PartitionRef("g", 3), 17L), 4, 6, 1 << 20);
        assertThat(PullRequest.decode(request.encode())).isEqualTo(request);
        PullAnswer answer = new PullAnswer(
                9,
                2,
                false,
                List.of(new PullAnswer.Chunk(
                        new PartitionRef("g", 3),
                        List.of(
                                new ChangeRecord(18, new byte[] {1}, STAMP, new byte[] {2, 3}),
                                new ChangeRecord(19, new byte[] {1}, STAMP, null)))));
        assertThat(PullAnswer.decode(answer.encode()))
                .usingRecursiveComparison()
                .isEqualTo(answer);
    }

    @Test
    void sequencesThatNoLogHasAreRefused() {
        for (long sequence : new long[] {-1, Long.MIN_VALUE, Long.MAX_VALUE}) {
            byte[] pull = new PullRequest(9, Map.of(new PartitionRef("g", 3), sequence), 0, 0, 1).encode();
            assertThatExceptionOfType(MalformedBytesException.class).isThrownBy(() -> PullRequest.decode(pull));
            byte[] record = new ChangeRecord(sequence, new byte[] {1}, STAMP, null).encode();
            assertThatExceptionOfType(MalformedBytesException.class).isThrownBy(() -> ChangeRecord.decode(record));
            byte[] page =
                    new CopyPage(List.of(new CopyPage.Position(1, "us-east-1", sequence)), List.of(), null).encode();
            assertThatExceptionOfType(MalformedBytesException.class).isThrownBy(() -> CopyPage.decode(page));
        }
    }

    @Test
    void timesThatNoClockShowsAreRefused() {
        for (long timestamp : new long[] {-1, Long.MAX_VALUE}) {
            Stamp stamp = Stamp.first(new Version(timestamp, "eu-west-1"));
            byte[] record = new ChangeRecord(1, new byte[] {1}, stamp, null).encode();
            assertThatExceptionOfType(MalformedBytesException.class).isThrownBy(() -> ChangeRecord.decode(record));
            byte[] page = new CopyPage(
                            List.of(new CopyPage.Position(1, CopyPage.Position.CLOCK, timestamp)), List.of(), null)
                    .encode();
            assertThatExceptionOfType(MalformedBytesException.class).isThrownBy(() -> CopyPage.decode(page));
        }
    }

    @Test
    void copiesComeBackAsTheyWere() {
        CopyPage page = new CopyPage(
                List.of(new CopyPage.Position(1, "us-east-1", 5)),
                List.of(new CopyPage.Row(new byte[] {9}, new StampedImage(STAMP, null))),
                new byte[] {7});
        assertThat(CopyPage.decode(page.encode())).usingRecursiveComparison().isEqualTo(page);
        CopyPage.Request request = new CopyPage.Request("g", null, null);
        assertThat(CopyPage.Request.decode(request.encode())).isEqualTo(request);
    }

    @Test
    void conflictsComeBackAsTheyWere() {
        Conflict conflict = new Conflict(
                "cart",
                new byte[] {1},
                new StampedImage(STAMP, new byte[] {1}),
                new StampedImage(Stamp.first(new Version(77, "ap")), null),
                "us-east-1",
                1234,
                1200);
        assertThat(Conflict.decode(conflict.encode()))
                .usingRecursiveComparison()
                .isEqualTo(conflict);
        assertThat(conflict.rule()).isEqualTo(Conflict.Rule.REGION_NAME);
    }

    @Test
    void versionsOfAttributesComeBackAsTheyWereAndCostNothingWhereThereAreNone() {
        AttributeVersions versions = new AttributeVersions(
                new Version(3, "us-east-1"), new TreeMap<>(Map.of("a", new Version(7, "eu-west-1"))));
        StampedImage image = new StampedImage(STAMP, new byte[] {1}, versions);
        assertThat(StampedImage.decode(image.encode()))
                .usingRecursiveComparison()
                .isEqualTo(image);
        ChangeRecord record = new ChangeRecord(4, new byte[] {2}, STAMP, null, versions);
        assertThat(ChangeRecord.decode(record.encode()))
                .usingRecursiveComparison()
                .isEqualTo(record);
        assertThat(new Conflict("cart", new byte[] {1}, image, image, "us-east-1", 9, 9).rule())
                .isEqualTo(Conflict.Rule.ATTRIBUTES);
        StampedImage plain = new StampedImage(STAMP, new byte[] {1});
        assertThat(image.encode().length - plain.encode().length).isEqualTo(26);
    }

    @Test
    void mangledBytesAreRefusedOrReadAsSomethingElseButNothingBreaks() {
        Random random = new Random(5);
        byte[] whole = new PullAnswer(
                        1,
                        1,
                        false,
                        List.of(new PullAnswer.Chunk(
                                new PartitionRef("g", 0),
                                List.of(new ChangeRecord(1, new byte[8], STAMP, new byte[50])))))
                .encode();
        for (int i = 0; i < 5_000; i++) {
            byte[] mangled = java.util.Arrays.copyOf(whole, 1 + random.nextInt(whole.length));
            mangled[random.nextInt(mangled.length)] = (byte) random.nextInt(256);
            try {
                PullAnswer.decode(mangled);
            } catch (MalformedBytesException refused) {
                assertThat(refused.getMessage()).isNotEmpty();
            }
        }
    }
}

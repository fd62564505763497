package dev.meridian.storage.leveldb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.meridian.storage.WriteBatch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.iq80.leveldb.DB;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which links may be missing: those before the last that are kept. */
class ChainTest {

    private static final long LAST = Chain.KEPT_LINKS + 1_000L;

    @TempDir
    Path folder;

    @Test
    void aChainThatWasJustShortenedForTheFirstTimeIsWhole() throws IOException {
        assertThat(verificationOfLinks(LAST - Chain.KEPT_LINKS + 1)).isEqualTo(new Verification.Intact(LAST));
    }

    @Test
    void aChainWhoseFirstLinksAreGoneBeforeTheirTimeIsDamaged() throws IOException {
        assertThat(verificationOfLinks(LAST - Chain.KEPT_LINKS + 2)).isInstanceOf(Verification.Damaged.class);
        assertThat(verificationOfLinks(Chain.KEPT_LINKS + 10L)).isInstanceOf(Verification.Damaged.class);
    }

    @Test
    void aChainThatBeginsWhereARepairPutItsAnchorIsWhole() throws IOException {
        WriteBatch anchored = new WriteBatch().put(Chain.ANCHOR, Chain.anchor(LAST - 1));
        assertThat(verificationOf(List.of(links(LAST - 1), anchored))).isEqualTo(new Verification.Intact(LAST));
    }

    private Verification verificationOfLinks(long first) throws IOException {
        return verificationOf(List.of(links(first)));
    }

    private Verification verificationOf(List<WriteBatch> batches) throws IOException {
        Path database = Files.createDirectories(
                folder.resolve(String.valueOf(batches.get(0).operations().size())));
        try (DB links = LevelDbEngine.open(StoreSettings.of(folder, "test"), database)) {
            for (WriteBatch batch : batches) {
                batch.operations().forEach(link -> links.put(link.key(), link.value()));
            }
            return Chain.verify(links, LAST).verification();
        }
    }

    /** The links from the first to the last, of groups that wrote nothing else. */
    private static WriteBatch links(long first) {
        WriteBatch batch = new WriteBatch();
        ChainRow link = ChainRow.GENESIS;
        while (link.group() < LAST) {
            link = link.next(List.of());
            if (link.group() >= first) {
                batch.put(link.key(), link.value());
            }
        }
        return batch;
    }
}

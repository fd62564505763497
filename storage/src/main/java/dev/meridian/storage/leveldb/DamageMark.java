package dev.meridian.storage.leveldb;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file that remembers that the store is damaged until it has been repaired, whatever is written meanwhile. */
final class DamageMark {

    private final Path file;

    DamageMark(Path file) {
        this.file = file;
    }

    /** What is found now, or was found before and never repaired. */
    Verification remember(Verification found) {
        try {
            if (found instanceof Verification.Damaged damaged) {
                Files.writeString(file, damaged.finding());
                return found;
            }
            return Files.exists(file) ? new Verification.Damaged(Files.readString(file)) : found;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    void clear() {
        try {
            Files.deleteIfExists(file);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}

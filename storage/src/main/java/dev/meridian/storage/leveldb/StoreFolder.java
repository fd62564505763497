package dev.meridian.storage.leveldb;

import dev.meridian.storage.StoreException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The folder of a store: says whose it is and of which format, and refuses what is not ours. */
final class StoreFolder {

    private static final String FORMAT = "3";
    private static final String IDENTITY = "MERIDIAN";

    private StoreFolder() {}

    /** Makes the folder ours, or checks that it is. */
    static void claim(Path directory, String owner, Set<Byte> logKinds) {
        try {
            Files.createDirectories(directory);
            Path identity = directory.resolve(IDENTITY);
            if (Files.exists(identity)) {
                check(directory, identity, owner, shown(logKinds));
                return;
            }
            try (Stream<Path> files = Files.list(directory)) {
                if (files.findAny().isPresent()) {
                    throw corrupt(
                            directory + " is not empty and not a Meridian store; choose another folder with --data");
                }
            }
            Files.writeString(identity, "format=" + FORMAT + "\nowner=" + owner + "\nlogs=" + shown(logKinds) + "\n");
        } catch (IOException failure) {
            throw new StoreException(
                    StoreException.Kind.CORRUPT, "cannot use the folder " + directory + ": " + failure, failure);
        }
    }

    private static void check(Path directory, Path identity, String owner, String logs) throws IOException {
        Properties fields = new Properties();
        try (var reader = Files.newBufferedReader(identity)) {
            fields.load(reader);
        }
        String format = fields.getProperty("format", "unknown");
        if (!format.equals(FORMAT)) {
            throw corrupt(directory + " is a Meridian store of format " + format + ", this version reads format "
                    + FORMAT + "; run the version that wrote it, or choose another folder with --data");
        }
        String found = fields.getProperty("owner", "unknown");
        if (!found.equals(owner)) {
            throw corrupt(directory + " is the store of " + found + ", not of " + owner
                    + "; choose another folder with --data");
        }
        if (!fields.getProperty("logs", "").equals(logs)) {
            throw corrupt(directory + " keeps rows of other kinds as logs (" + fields.getProperty("logs", "") + ", not "
                    + logs + "); run the version that wrote it, or choose another folder with --data");
        }
    }

    private static String shown(Set<Byte> logKinds) {
        return logKinds.stream()
                .sorted()
                .map(kind -> String.format("%02x", kind))
                .collect(Collectors.joining(" "));
    }

    private static StoreException corrupt(String message) {
        return new StoreException(StoreException.Kind.CORRUPT, message);
    }
}

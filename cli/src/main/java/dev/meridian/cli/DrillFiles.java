package dev.meridian.cli;

import dev.meridian.chaos.drill.Drill;
import dev.meridian.chaos.drill.DrillLibrary;
import dev.meridian.chaos.drill.DrillParser;
import dev.meridian.chaos.yaml.DrillFileException;
import dev.meridian.chaos.yaml.Nearest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Drills as people name them: one that comes along, or a file. */
final class DrillFiles {

    private DrillFiles() {}

    /** The drill, or a sentence for the user. */
    static Drill drill(String what) {
        try {
            return DrillParser.parse(text(what));
        } catch (DrillFileException wrong) {
            throw new UserError(ExitCode.USAGE, what + ", " + wrong.getMessage());
        }
    }

    static String text(String what) {
        if (DrillLibrary.names().contains(what)) {
            return DrillLibrary.text(what).orElseThrow();
        }
        try {
            return Files.readString(Path.of(what));
        } catch (IOException unreadable) {
            throw new UserError(
                    ExitCode.USAGE,
                    "there is no drill and no file '" + what + "'; did you mean '"
                            + Nearest.to(what, DrillLibrary.names()) + "'?");
        }
    }
}

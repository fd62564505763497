package dev.meridian.chaos.yaml;

/** A drill file that cannot be read, with the line and what to do. */
public final class DrillFileException extends RuntimeException {

    private static final long serialVersionUID = 1;

    public DrillFileException(int line, String message) {
        super("line " + line + ": " + message);
    }
}

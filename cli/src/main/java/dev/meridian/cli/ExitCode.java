package dev.meridian.cli;

/** What the command's exit says. */
final class ExitCode {

    static final int DONE = 0;
    /** A check or threshold failed. */
    static final int FAILED = 1;
    /** Nothing can be said. */
    static final int INCONCLUSIVE = 2;

    static final int USAGE = 64;
    /** The server cannot be reached. */
    static final int UNAVAILABLE = 69;

    static final int INTERNAL = 70;

    private ExitCode() {}
}

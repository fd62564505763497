package dev.meridian.chaos.report;

/**
 * Where and when a drill ran, for its report.
 *
 * @param meridian the version of Meridian
 * @param java the version of the Java machine
 * @param machine the system and how many cores it has
 * @param mode what was real about it
 * @param began in UTC
 */
public record RunEnvironment(String meridian, String java, String machine, Mode mode, String began) {

    /** What was real. */
    public enum Mode {
        REAL_TIME(
                "real time",
                "Regions of one machine share its disk, processor and network card. What a provider's network, name service "
                        + "and control plane do in an outage is not shown."),
        VIRTUAL_TIME(
                "virtual time",
                "Regions, logs, followers and conflicts are the real code; network, disk, clock and the HTTP doors are "
                        + "simulated. Figures of throughput and latency are the simulation's, not a machine's.");

        private final String words;
        private final String boundary;

        Mode(String words, String boundary) {
            this.words = words;
            this.boundary = boundary;
        }

        public String words() {
            return words;
        }

        /** What a run in this mode does not show. */
        public String boundary() {
            return boundary;
        }
    }

    /** What this process can tell of itself. */
    public static RunEnvironment here(String meridian, Mode mode, String began) {
        return new RunEnvironment(
                meridian,
                Runtime.version().toString(),
                System.getProperty("os.name") + " " + System.getProperty("os.arch") + ", "
                        + Runtime.getRuntime().availableProcessors() + " cores",
                mode,
                began);
    }
}

package dev.meridian.node.partition;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Holds back what arrives from other regions while the table has no throughput left for it, in order. */
final class Pacing {

    private final Consumer<Duration> alarm;
    private List<PartitionCommand.Apply> waiting = new ArrayList<>();

    /**
     * @param alarm is to lead to {@link #take} after that time
     */
    Pacing(Consumer<Duration> alarm) {
        this.alarm = alarm;
    }

    /** Whether the message has to wait, so long or behind others; it is kept then. */
    boolean holds(PartitionCommand.Apply message, long pauseMillis) {
        if (waiting.isEmpty() && pauseMillis == 0) {
            return false;
        }
        if (waiting.isEmpty()) {
            alarm.accept(Duration.ofMillis(pauseMillis));
        }
        waiting.add(message);
        return true;
    }

    /** Everything that waited, to be tried again. */
    List<PartitionCommand.Apply> take() {
        List<PartitionCommand.Apply> messages = waiting;
        waiting = new ArrayList<>();
        return messages;
    }
}

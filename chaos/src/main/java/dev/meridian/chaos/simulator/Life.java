package dev.meridian.chaos.simulator;

import java.util.ArrayDeque;
import java.util.Queue;

/** Whether a simulated region lives, is frozen or dead, and so when what reaches it is done: now, when it thaws, or never. */
final class Life {

    private final Queue<Runnable> held = new ArrayDeque<>();
    private long count;
    private boolean isAlive;
    private boolean isPaused;

    boolean isAlive() {
        return isAlive;
    }

    /** Counts the starts and ends, so that what was meant for an earlier life is known. */
    long count() {
        return count;
    }

    void begin() {
        isAlive = true;
        count++;
    }

    /** What waited is never done. */
    void end() {
        isAlive = false;
        isPaused = false;
        held.clear();
        count++;
    }

    void pause() {
        isPaused = true;
    }

    /** Thaws, and does first what has waited. */
    void resume() {
        isPaused = false;
        while (!isPaused && !held.isEmpty()) {
            held.remove().run();
        }
    }

    /** Something reaches the region. */
    void take(Runnable task) {
        long life = count;
        if (isAlive && isPaused) {
            held.add(() -> {
                if (count == life) {
                    task.run();
                }
            });
        } else if (isAlive) {
            task.run();
        }
    }
}

package dev.meridian.gatling.bench;

import java.io.IOException;

/** What one connection sends: one request after another, the next when the last was answered and it is due. */
interface Script {

    /** Whether there is another request. */
    boolean hasNext();

    /** When the next request is due, by {@link System#nanoTime}; what has passed means at once, as does this. */
    default long dueNanos() {
        return System.nanoTime();
    }

    /** The next request. */
    Request next();

    /** Takes the answer to the last request; throws {@link IOException} for one that ends the benchmark. */
    void answered(Answer answer) throws IOException;
}

package dev.meridian.gatling.bench;

import java.io.IOException;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;
import org.HdrHistogram.Histogram;

/**
 * One stretch of load on one server, on keys drawn at random.
 *
 * @param requestsPerSecond how many requests are due in a second, answered or not; 0: every connection sends its next
 *     request when it has the answer to the last
 */
record Round(Workload workload, Operation operation, int connections, double seconds, double requestsPerSecond) {

    /**
     * Comes before what is measured: connections are made while the first requests are due already, and whoever has rested while
     * others had their turn takes a moment.
     */
    private static final double LEAD_IN_SECONDS = 0.5;

    /** How many rounds of so many seconds warm a server up for at least that long. */
    static int warmUps(double warmUpSeconds, double roundSeconds) {
        return (int) Math.ceil(warmUpSeconds / roundSeconds);
    }

    /**
     * Any answer that isn't a 200 (or, of GetItem, lacks the item) ends the benchmark. What the server still does once all is
     * answered counts among what it used up.
     */
    Measured run(ServerProcess server) throws InterruptedException, ExecutionException {
        double cpu = server.cpuSeconds();
        long start = System.nanoTime();
        long measured = start + (long) (LEAD_IN_SECONDS * 1e9);
        List<Load> loads = IntStream.range(0, connections)
                .mapToObj(number -> new Load(start, measured, number))
                .toList();
        Clients.run(server.url(), loads);
        double elapsed = (System.nanoTime() - measured) / 1e9;
        Histogram all = Measured.newHistogram();
        loads.forEach(load -> all.add(load.latency));
        long answers = loads.stream().mapToLong(load -> load.answers).sum();
        server.awaitRest();
        double share = (double) all.getTotalCount() / answers;
        return new Measured(all.getTotalCount() / elapsed, all, (server.cpuSeconds() - cpu) * share);
    }

    /** One connection's part of it. */
    private final class Load implements Script {

        private final Histogram latency = Measured.newHistogram();
        private final SplittableRandom keys;
        private final long measured;
        private final double end;
        private final double nanosBetween;
        private double due;
        private long began;
        private long answers;

        private Load(long start, long measured, int number) {
            keys = new SplittableRandom(start + number);
            this.measured = measured;
            end = measured + seconds * 1e9;
            nanosBetween = requestsPerSecond == 0 ? 0 : connections / requestsPerSecond * 1e9;
            due = start + nanosBetween * number / connections;
        }

        @Override
        public boolean hasNext() {
            return System.nanoTime() < end;
        }

        @Override
        public long dueNanos() {
            return (long) due;
        }

        @Override
        public Request next() {
            began = nanosBetween == 0 ? System.nanoTime() : dueNanos();
            due += nanosBetween;
            return workload.request(operation, keys.nextInt(workload.keys()));
        }

        @Override
        public void answered(Answer answer) throws IOException {
            answers++;
            if (began >= measured) {
                latency.recordValue(Math.min(latency.getHighestTrackableValue(), (System.nanoTime() - began) / 1_000));
            }
            if (answer.status() != 200
                    || (operation == Operation.GET_ITEM && !answer.body().contains("\"Item\""))) {
                throw new IOException(operation.title() + " was answered with " + answer);
            }
        }
    }
}

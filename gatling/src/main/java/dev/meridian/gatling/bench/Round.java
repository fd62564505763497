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
     * Any answer that isn't a 200 (or, of GetItem, lacks the item) ends the benchmark. What the server still does once all is
     * answered counts among what it used up.
     */
    Measured run(ServerProcess server) throws InterruptedException, ExecutionException {
        double cpu = server.cpuSeconds();
        long start = System.nanoTime();
        List<Load> loads = IntStream.range(0, connections)
                .mapToObj(number -> new Load(start, number))
                .toList();
        Clients.run(server.url(), loads);
        double elapsed = (System.nanoTime() - start) / 1e9;
        Histogram all = Measured.newHistogram();
        loads.forEach(load -> all.add(load.latency));
        server.awaitRest();
        return new Measured(all.getTotalCount() / elapsed, all, server.cpuSeconds() - cpu);
    }

    /** One connection's part of it. */
    private final class Load implements Script {

        private final Histogram latency = Measured.newHistogram();
        private final SplittableRandom keys;
        private final double end;
        private final double nanosBetween;
        private double due;
        private long began;

        private Load(long start, int number) {
            keys = new SplittableRandom(start + number);
            end = start + seconds * 1e9;
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
            latency.recordValue(Math.min(latency.getHighestTrackableValue(), (System.nanoTime() - began) / 1_000));
            if (answer.status() != 200
                    || (operation == Operation.GET_ITEM && !answer.body().contains("\"Item\""))) {
                throw new IOException(operation.title() + " was answered with " + answer);
            }
        }
    }
}

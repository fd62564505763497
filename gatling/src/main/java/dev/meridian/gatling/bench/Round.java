package dev.meridian.gatling.bench;

import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
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
        ExecutorService threads = Executors.newFixedThreadPool(connections);
        try {
            double cpu = server.cpuSeconds();
            long start = System.nanoTime();
            List<Future<Histogram>> results = new ArrayList<>();
            for (int i = 0; i < connections; i++) {
                int number = i;
                results.add(threads.submit(() -> send(server.url(), number, start)));
            }
            Histogram all = Measured.newHistogram();
            for (Future<Histogram> result : results) {
                all.add(result.get());
            }
            double elapsed = (System.nanoTime() - start) / 1e9;
            server.awaitRest();
            return new Measured(all.getTotalCount() / elapsed, all, server.cpuSeconds() - cpu);
        } finally {
            threads.shutdownNow();
        }
    }

    private Histogram send(URI server, int number, long start) throws IOException {
        Histogram latency = Measured.newHistogram();
        long end = start + (long) (seconds * 1e9);
        double nanosBetween = requestsPerSecond == 0 ? 0 : connections / requestsPerSecond * 1e9;
        double due = start + nanosBetween * number / connections;
        SplittableRandom keys = new SplittableRandom(start + number);
        try (Connection connection = new Connection(server)) {
            while (System.nanoTime() < end) {
                int key = keys.nextInt(workload.keys());
                long began = nanosBetween == 0 ? System.nanoTime() : awaitTurn((long) due);
                due += nanosBetween;
                exchange(connection, key);
                latency.recordValue(Math.min(latency.getHighestTrackableValue(), (System.nanoTime() - began) / 1_000));
            }
        }
        return latency;
    }

    private static long awaitTurn(long due) {
        for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
        return due;
    }

    private void exchange(Connection connection, int key) throws IOException {
        Connection.Answer answer = connection.send(operation.title(), workload.request(operation, key));
        if (answer.status() != 200
                || (operation == Operation.GET_ITEM && !answer.body().contains("\"Item\""))) {
            throw new IOException(operation.title() + " was answered with " + answer.status() + " " + answer.body());
        }
    }

    /** What a BatchWriteItem takes at most. */
    private static final int BATCH = 25;

    /** In an answer that lists items not written; the echo, which answers with what it was sent, lists none. */
    private static final String LEFT_OUT = "\"UnprocessedItems\":{\"";

    /** Makes the table and writes every key once, so that every GetItem finds its item. */
    static void prepare(ServerProcess server, Workload workload, int connections)
            throws IOException, InterruptedException, ExecutionException {
        try (Connection connection = new Connection(server.url())) {
            connection.send("CreateTable", Workload.createTable());
            while (connection
                    .send("DescribeTable", Workload.describeTable())
                    .body()
                    .contains("\"CREATING\"")) {
                Thread.sleep(50);
            }
        }
        write(server, workload, connections);
    }

    /** Writes every key once. */
    static void write(ServerProcess server, Workload workload, int connections)
            throws InterruptedException, ExecutionException {
        ExecutorService threads = Executors.newFixedThreadPool(connections);
        try {
            List<Future<?>> parts = new ArrayList<>();
            for (int i = 0; i < connections; i++) {
                int first = i;
                parts.add(threads.submit(() -> fill(server.url(), workload, first, connections)));
            }
            for (Future<?> part : parts) {
                part.get();
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private static Void fill(URI server, Workload workload, int first, int step) throws IOException {
        int keys = (workload.keys() - first + step - 1) / step;
        try (Connection connection = new Connection(server)) {
            for (int done = 0; done < keys; done += BATCH) {
                IntStream batch = IntStream.range(done, Math.min(keys, done + BATCH));
                Connection.Answer answer =
                        connection.send("BatchWriteItem", workload.puts(batch.map(key -> first + key * step)));
                if (answer.status() != 200 || answer.body().contains(LEFT_OUT)) {
                    throw new IOException(String.format(
                            "BatchWriteItem was answered with %d %.1000s", answer.status(), answer.body()));
                }
            }
        }
        return null;
    }
}

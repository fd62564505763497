package dev.meridian.gatling.bench;

import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** One stretch of load: every connection sends its next request when it has the answer to the last. */
final class Round {

    private Round() {}

    /** Requests a second. Any answer that isn't a 200 (or, of GetItem, lacks the item) ends the benchmark. */
    static double run(URI server, String operation, int connections, int seconds)
            throws InterruptedException, ExecutionException {
        ExecutorService threads = Executors.newFixedThreadPool(connections);
        try {
            long start = System.nanoTime();
            long end = start + seconds * 1_000_000_000L;
            List<Future<Long>> counts = new ArrayList<>();
            for (int i = 0; i < connections; i++) {
                int first = i;
                counts.add(threads.submit(() -> send(server, operation, first, connections, end)));
            }
            long total = 0;
            for (Future<Long> count : counts) {
                total += count.get();
            }
            return total * 1e9 / (System.nanoTime() - start);
        } finally {
            threads.shutdownNow();
        }
    }

    private static long send(URI server, String operation, int first, int step, long end) throws IOException {
        boolean isGet = operation.equals("GetItem");
        long count = 0;
        try (Connection connection = new Connection(server)) {
            for (int key = first; System.nanoTime() < end; key = (key + step) % Workload.KEYS) {
                Connection.Answer answer = connection.send(operation, isGet ? Workload.get(key) : Workload.put(key));
                if (answer.status() != 200 || (isGet && !answer.body().contains("\"Item\""))) {
                    throw new IOException(
                            server + " answered " + operation + " with " + answer.status() + " " + answer.body());
                }
                count++;
            }
        }
        return count;
    }

    /** Writes every key once, so that every GetItem finds its item. */
    static void fill(URI server) throws IOException {
        try (Connection connection = new Connection(server)) {
            for (int key = 0; key < Workload.KEYS; key++) {
                Connection.Answer answer = connection.send("PutItem", Workload.put(key));
                if (answer.status() != 200) {
                    throw new IOException(server + " refused PutItem: " + answer.body());
                }
            }
        }
    }
}

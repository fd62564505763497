package dev.meridian.gatling.bench;

import java.io.IOException;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;

/** Writes every key of a workload once, in batches; one connection's part of it. */
final class Fill implements Script {

    /** What a BatchWriteItem takes at most. */
    private static final int BATCH_ITEMS_MAX = 25;
    /** Batches of all connections are on their way at once, and a server bounds what it holds of requests. */
    private static final int BATCH_BYTES = 1 << 20;

    /** In an answer that lists items not written; the echo, which answers with what it was sent, lists none. */
    private static final String LEFT_OUT = "\"UnprocessedItems\":{\"";

    private final Workload workload;
    private final int first;
    private final int step;
    private final int keys;
    private int done;

    private Fill(Workload workload, int first, int step) {
        this.workload = workload;
        this.first = first;
        this.step = step;
        this.keys = (workload.keys() - first + step - 1) / step;
    }

    /** Makes the table and writes every key once, so that every GetItem finds its item. */
    static void prepare(ServerProcess server, Workload workload, int connections)
            throws InterruptedException, ExecutionException {
        Clients.ask(server.url(), Workload.createTable());
        while (Clients.ask(server.url(), Workload.describeTable()).body().contains("\"CREATING\"")) {
            Thread.sleep(50);
        }
        run(server, workload, connections);
    }

    /** Writes every key once. */
    static void run(ServerProcess server, Workload workload, int connections)
            throws InterruptedException, ExecutionException {
        Clients.run(
                server.url(),
                IntStream.range(0, connections)
                        .mapToObj(first -> new Fill(workload, first, connections))
                        .toList());
    }

    @Override
    public boolean hasNext() {
        return done < keys;
    }

    @Override
    public Request next() {
        int batch = Math.max(1, Math.min(BATCH_ITEMS_MAX, BATCH_BYTES / workload.itemBytes()));
        int end = Math.min(keys, done + batch);
        Request request = workload.puts(IntStream.range(done, end).map(key -> first + key * step));
        done = end;
        return request;
    }

    @Override
    public void answered(Answer answer) throws IOException {
        if (answer.status() != 200 || answer.body().contains(LEFT_OUT)) {
            throw new IOException(
                    String.format("BatchWriteItem was answered with %d %.1000s", answer.status(), answer.body()));
        }
    }
}

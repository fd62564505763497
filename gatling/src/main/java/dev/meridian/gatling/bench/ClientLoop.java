package dev.meridian.gatling.bench;

import java.io.IOException;
import java.net.URI;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.concurrent.TimeUnit;

/**
 * Many connections on one thread. A thread for each would cost as much as what is measured: every answer would wake one, and
 * the server's threads would wait their turn among them.
 */
final class ClientLoop implements AutoCloseable {

    private static final long TIMEOUT_MILLIS = TimeUnit.SECONDS.toMillis(30);
    private static final long NANOS_PER_MILLI = TimeUnit.MILLISECONDS.toNanos(1);

    private record Client(Script script, Connection connection, SelectionKey key) {}

    private final Selector selector;
    private final List<Client> clients = new ArrayList<>();
    /** Those whose next request isn't due yet. */
    private final PriorityQueue<Client> resting = new PriorityQueue<>(
            Comparator.comparingLong((Client client) -> client.script().dueNanos()));

    private int waiting;

    /** Connects for each script. */
    ClientLoop(URI server, List<Script> scripts) throws IOException {
        selector = Selector.open();
        for (Script script : scripts) {
            Connection connection = new Connection(server);
            Client client = new Client(script, connection, connection.register(selector));
            client.key().attach(client);
            clients.add(client);
        }
    }

    /** Returns when every script is through; throws {@link IOException} when one fails or no answer comes for 30 s. */
    void run() throws IOException {
        for (Client client : clients) {
            sendNext(client);
        }
        while (waiting > 0 || !resting.isEmpty()) {
            if (awaitEvents() == 0 && resting.isEmpty()) {
                throw new IOException(waiting + " requests were not answered");
            }
            for (SelectionKey key : selector.selectedKeys()) {
                proceed((Client) key.attachment());
            }
            selector.selectedKeys().clear();
            while (!resting.isEmpty() && nanosUntil(resting.element()) <= 0) {
                sendNext(resting.remove());
            }
        }
    }

    private static long nanosUntil(Client client) {
        return client.script().dueNanos() - System.nanoTime();
    }

    /** Sends what is due, or remembers until when to rest. */
    private void sendNext(Client client) throws IOException {
        if (!client.script().hasNext()) {
            return;
        }
        if (nanosUntil(client) > 0) {
            resting.add(client);
            return;
        }
        waiting++;
        client.connection().begin(client.script().next());
        flush(client);
    }

    private static void flush(Client client) throws IOException {
        client.key().interestOps(client.connection().flush() ? SelectionKey.OP_READ : SelectionKey.OP_WRITE);
    }

    private void proceed(Client client) throws IOException {
        if (client.key().isWritable()) {
            flush(client);
            return;
        }
        Optional<Answer> answer = client.connection().receive();
        if (answer.isPresent()) {
            waiting--;
            client.script().answered(answer.get());
            sendNext(client);
        }
    }

    /** How many connections can go on; none when a request is due before any can, or up to a millisecond after that. */
    private int awaitEvents() throws IOException {
        if (resting.isEmpty()) {
            return selector.select(TIMEOUT_MILLIS);
        }
        return selector.select(Math.max(1, nanosUntil(resting.element()) / NANOS_PER_MILLI));
    }

    @Override
    public void close() throws IOException {
        for (Client client : clients) {
            client.connection().close();
        }
        selector.close();
    }
}

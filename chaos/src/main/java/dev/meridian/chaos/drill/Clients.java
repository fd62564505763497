package dev.meridian.chaos.drill;

import dev.meridian.node.http.Sessions;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Who makes the operations of a load, each one after the other: the one that has waited longest makes the next, and where all are
 * waiting for answers another joins them. Thread-safe.
 */
final class Clients {

    /** One of them, and the session's token it carries. */
    static final class Client {

        private final long number;
        private volatile String token = Sessions.NEW;

        private Client(long number) {
            this.number = number;
        }

        long number() {
            return number;
        }

        String token() {
            return token;
        }
    }

    private final Queue<Client> idle = new ConcurrentLinkedQueue<>();
    private final AtomicLong joined = new AtomicLong();

    Client next() {
        Client client = idle.poll();
        return client == null ? new Client(joined.incrementAndGet()) : client;
    }

    /** Its operation has ended, and it was told to carry that from now on; empty: nothing else than before. */
    void ended(Client client, String token) {
        if (!token.isEmpty()) {
            client.token = token;
        }
        idle.add(client);
    }
}

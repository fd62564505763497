package dev.meridian.gatling.bench;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Connections to one server, one for each script, on as many threads as there are cores. */
final class Clients {

    private Clients() {}

    /** Returns when every script is through; the first that fails ends all. */
    static void run(URI server, List<? extends Script> scripts) throws InterruptedException, ExecutionException {
        int count = Math.min(scripts.size(), Runtime.getRuntime().availableProcessors());
        List<List<Script>> shares = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            shares.add(new ArrayList<>());
        }
        for (int i = 0; i < scripts.size(); i++) {
            shares.get(i % count).add(scripts.get(i));
        }
        ExecutorService threads = Executors.newFixedThreadPool(count);
        try {
            List<Future<?>> running = new ArrayList<>();
            for (List<Script> share : shares) {
                running.add(threads.submit(() -> {
                    try (ClientLoop loop = new ClientLoop(server, share)) {
                        loop.run();
                    }
                    return null;
                }));
            }
            for (Future<?> loop : running) {
                loop.get();
            }
        } finally {
            threads.shutdownNow();
        }
    }

    /** Sends one request and waits for its answer. */
    static Answer ask(URI server, Request request) throws InterruptedException, ExecutionException {
        Once once = new Once(request);
        run(server, List.of(once));
        return once.answers.get(0);
    }

    private static final class Once implements Script {

        private final Request request;
        private final List<Answer> answers = new ArrayList<>();

        private Once(Request request) {
            this.request = request;
        }

        @Override
        public boolean hasNext() {
            return answers.isEmpty();
        }

        @Override
        public Request next() {
            return request;
        }

        @Override
        public void answered(Answer answer) {
            answers.add(answer);
        }
    }
}

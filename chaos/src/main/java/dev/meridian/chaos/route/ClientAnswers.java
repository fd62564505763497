package dev.meridian.chaos.route;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * What each client was told, which it goes by until that has grown old, as with a record of a name server. Thread-safe. Of
 * very many clients, those asked longest ago are forgotten, and ask again.
 */
public final class ClientAnswers {

    private static final int CLIENTS_MAX = 10_000;

    private record Answer(String region, long untilMillis) {}

    private final Map<String, Answer> answers = new LinkedHashMap<>();

    /** The region the client goes to now: what it was told, or what it is told now and goes by for so long. */
    public synchronized String of(String client, long nowMillis, long ttlMillis, Supplier<String> choice) {
        Answer old = answers.get(client);
        if (old != null && nowMillis < old.untilMillis()) {
            return old.region();
        }
        answers.remove(client);
        Answer fresh = new Answer(choice.get(), nowMillis + ttlMillis);
        answers.put(client, fresh);
        if (answers.size() > CLIENTS_MAX) {
            answers.remove(answers.keySet().iterator().next());
        }
        return fresh.region();
    }

    /** Everybody asks again. */
    public synchronized void forget() {
        answers.clear();
    }
}

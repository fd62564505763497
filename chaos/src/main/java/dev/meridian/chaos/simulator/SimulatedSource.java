package dev.meridian.chaos.simulator;

import dev.meridian.replication.link.PullAnswer;
import dev.meridian.replication.link.PullRequest;
import dev.meridian.replication.source.LogSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** What a region's peers pull from: its log's source, and their pulls that wait for news. */
final class SimulatedSource {

    private static final long TICK_MILLIS = 500;

    private final SimulatedPartitions partitions;
    private final Surroundings surroundings;
    private final Map<Long, Consumer<PullAnswer>> parked = new HashMap<>();
    private LogSource source;
    private long nextToken;
    private long wakesAtMillis = Long.MAX_VALUE;

    SimulatedSource(SimulatedPartitions partitions, Surroundings surroundings) {
        this.partitions = partitions;
        this.surroundings = surroundings;
        this.source = new LogSource(partitions.disk()::changes);
    }

    /** Serves the partitions that are open; what was asked in an earlier life is not answered. */
    void open() {
        parked.clear();
        wakesAtMillis = Long.MAX_VALUE;
        source = new LogSource(partitions.disk()::changes);
        List<Long> last = partitions.lastSequences();
        for (int partition = 0; partition < last.size(); partition++) {
            source.open(SimulatedPartitions.ref(partition), last.get(partition));
        }
    }

    /** Looks every so often what has waited long enough. */
    void tick() {
        partitions.later(TICK_MILLIS, () -> {
            run(source.tick(surroundings.nowMillis()));
            tick();
        });
    }

    /** A peer pulls. */
    void pulled(String from, PullRequest request, Consumer<PullAnswer> reply) {
        long token = nextToken++;
        parked.put(token, reply);
        run(source.pull(from, token, request, surroundings.nowMillis()));
    }

    /** The region's own writes are durable up to the sequence. */
    void advance(int partition, long sequence) {
        run(source.advance(SimulatedPartitions.ref(partition), sequence, surroundings.nowMillis()));
    }

    private void run(List<LogSource.Effect> effects) {
        for (LogSource.Effect effect : effects) {
            if (effect instanceof LogSource.Effect.Reply reply) {
                Consumer<PullAnswer> pull = parked.remove(reply.token());
                if (pull != null) {
                    pull.accept(reply.answer());
                }
            } else if (effect instanceof LogSource.Effect.Wake wake && wake.atMillis() < wakesAtMillis) {
                wake(wake.atMillis());
            }
        }
    }

    /** One at a time, as the actor's timer: each of many would ask for as many again. */
    private void wake(long atMillis) {
        wakesAtMillis = atMillis;
        partitions.later(atMillis - surroundings.nowMillis(), () -> {
            if (wakesAtMillis == atMillis) {
                wakesAtMillis = Long.MAX_VALUE;
                run(source.tick(surroundings.nowMillis()));
            }
        });
    }
}

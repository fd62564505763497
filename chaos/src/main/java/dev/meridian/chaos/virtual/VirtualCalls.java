package dev.meridian.chaos.virtual;

import dev.meridian.chaos.simulator.SimulatedRegion;
import dev.meridian.replication.link.LinkException;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** What is asked of regions and not answered yet; who has asked hears when the region dies. */
final class VirtualCalls {

    private final Map<String, Set<CompletableFuture<?>>> waiting = new HashMap<>();

    /** The answer fails at once where the region is down, or when it goes down before it answers. */
    <T> CompletableFuture<T> ask(SimulatedRegion region, Consumer<CompletableFuture<T>> question) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        if (!region.isAlive()) {
            answer.completeExceptionally(new LinkException(region.name() + " is down"));
            return answer;
        }
        waitingFor(region).add(answer);
        answer.whenComplete((done, failure) -> waitingFor(region).remove(answer));
        region.take(() -> question.accept(answer));
        return answer;
    }

    /** The region has died. */
    void end(SimulatedRegion region) {
        List<CompletableFuture<?>> gone = List.copyOf(waitingFor(region));
        waitingFor(region).clear();
        gone.forEach(answer -> answer.completeExceptionally(new LinkException(region.name() + " is down")));
    }

    private Set<CompletableFuture<?>> waitingFor(SimulatedRegion region) {
        return waiting.computeIfAbsent(region.name(), none -> new LinkedHashSet<>());
    }
}

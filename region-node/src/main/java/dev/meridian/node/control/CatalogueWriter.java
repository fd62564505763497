package dev.meridian.node.control;

import dev.meridian.node.catalogue.CatalogueActor;
import dev.meridian.node.catalogue.CatalogueEvent;
import dev.meridian.node.catalogue.CatalogueState;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.apache.pekko.actor.typed.ActorRef;

/** Changes the catalogue through its actor. Thread-safe. */
public final class CatalogueWriter {

    private final ActorRef<CatalogueActor.Command> catalogue;
    private final CompletableFuture<Void> stopped;
    private final Set<CompletableFuture<CatalogueState>> outstanding = ConcurrentHashMap.newKeySet();

    /**
     * @param stopped completes when the actor takes no change any more
     */
    public CatalogueWriter(ActorRef<CatalogueActor.Command> catalogue, CompletableFuture<Void> stopped) {
        this.catalogue = catalogue;
        this.stopped = stopped;
        stopped.thenRun(() -> outstanding.forEach(CatalogueWriter::fail));
    }

    /**
     * Decides a change against the state of the moment; completes with the state after it, once durable. Fails when the
     * catalogue stops before that; whether the change was made is then told by the catalogue after the next start.
     */
    public CompletableFuture<CatalogueState> change(Function<CatalogueState, List<CatalogueEvent>> decision) {
        CompletableFuture<CatalogueState> done = new CompletableFuture<>();
        outstanding.add(done);
        done.whenComplete((state, failure) -> outstanding.remove(done));
        catalogue.tell(new CatalogueActor.Change(decision, done));
        if (stopped.isDone()) {
            fail(done);
        }
        return done;
    }

    private static void fail(CompletableFuture<CatalogueState> change) {
        change.completeExceptionally(new IllegalStateException("the region's catalogue has stopped"));
    }
}

package dev.meridian.node.control;

import dev.meridian.node.catalogue.CatalogueActor;
import dev.meridian.node.catalogue.CatalogueEvent;
import dev.meridian.node.catalogue.CatalogueState;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.apache.pekko.actor.typed.ActorRef;

/** Changes the catalogue through its actor. */
public final class CatalogueWriter {

    private final ActorRef<CatalogueActor.Command> catalogue;

    public CatalogueWriter(ActorRef<CatalogueActor.Command> catalogue) {
        this.catalogue = catalogue;
    }

    /** Decides a change against the state of the moment; completes with the state after it, once durable. */
    public CompletableFuture<CatalogueState> change(Function<CatalogueState, List<CatalogueEvent>> decision) {
        CompletableFuture<CatalogueState> done = new CompletableFuture<>();
        catalogue.tell(new CatalogueActor.Change(decision, done));
        return done;
    }
}

package dev.meridian.node.catalogue;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.PostStop;
import org.apache.pekko.persistence.typed.PersistenceId;
import org.apache.pekko.persistence.typed.RecoveryCompleted;
import org.apache.pekko.persistence.typed.RecoveryFailed;
import org.apache.pekko.persistence.typed.javadsl.CommandHandler;
import org.apache.pekko.persistence.typed.javadsl.Effect;
import org.apache.pekko.persistence.typed.javadsl.EventHandler;
import org.apache.pekko.persistence.typed.javadsl.EventSourcedBehavior;
import org.apache.pekko.persistence.typed.javadsl.SignalHandler;

/**
 * The one writer of a region's catalogue: a change is decided against the state, its events are persisted, then the
 * picture everybody reads is exchanged. Child of the region's guardian. When the journal fails it stops, and the region
 * with it.
 */
public final class CatalogueActor extends EventSourcedBehavior<CatalogueActor.Command, CatalogueEvent, CatalogueState> {

    public sealed interface Command {}

    /**
     * Decide a change. The decision is pure: from the state, the events; it throws {@link
     * dev.meridian.table.model.ServiceException} to refuse. The future completes with the state after, once durable.
     */
    public record Change(
            Function<CatalogueState, List<CatalogueEvent>> decision, CompletableFuture<CatalogueState> done)
            implements Command {}

    private final Catalogue catalogue;
    private final CompletableFuture<Void> recovered;
    private final CompletableFuture<Void> stopped;

    private CatalogueActor(
            String region, Catalogue catalogue, CompletableFuture<Void> recovered, CompletableFuture<Void> stopped) {
        super(PersistenceId.ofUniqueId("catalogue-" + region));
        this.catalogue = catalogue;
        this.recovered = recovered;
        this.stopped = stopped;
    }

    /**
     * Creates the actor.
     *
     * @param recovered completes when the picture is up to date, or fails when the journal cannot be read
     * @param stopped completes when no change will be taken any more
     */
    public static Behavior<Command> create(
            String region, Catalogue catalogue, CompletableFuture<Void> recovered, CompletableFuture<Void> stopped) {
        return new CatalogueActor(region, catalogue, recovered, stopped);
    }

    @Override
    public CatalogueState emptyState() {
        return CatalogueState.EMPTY;
    }

    @Override
    public CommandHandler<Command, CatalogueEvent, CatalogueState> commandHandler() {
        return newCommandHandlerBuilder()
                .forAnyState()
                .onCommand(Change.class, this::onChange)
                .build();
    }

    private Effect<CatalogueEvent, CatalogueState> onChange(CatalogueState state, Change change) {
        List<CatalogueEvent> events;
        try {
            events = change.decision().apply(state);
        } catch (RuntimeException refused) {
            change.done().completeExceptionally(refused);
            return Effect().none();
        }
        if (events.isEmpty()) {
            change.done().complete(state);
            return Effect().none();
        }
        return Effect().persist(events).thenRun((CatalogueState after) -> {
            catalogue.publish(after);
            change.done().complete(after);
        });
    }

    @Override
    public EventHandler<CatalogueState, CatalogueEvent> eventHandler() {
        return newEventHandlerBuilder().forAnyState().onAnyEvent(CatalogueState::apply);
    }

    @Override
    public SignalHandler<CatalogueState> signalHandler() {
        return newSignalHandlerBuilder()
                .onSignal(RecoveryCompleted.class, (state, signal) -> {
                    catalogue.publish(state);
                    recovered.complete(null);
                })
                .onSignal(RecoveryFailed.class, (state, signal) -> recovered.completeExceptionally(signal.failure()))
                .onSignal(PostStop.class, (state, signal) -> stopped.complete(null))
                .build();
    }
}

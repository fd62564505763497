package dev.meridian.node.replication;

import dev.meridian.node.catalogue.Announcement;
import dev.meridian.node.catalogue.Catalogue;
import dev.meridian.node.catalogue.CatalogueState;
import dev.meridian.node.catalogue.Membership;
import dev.meridian.node.catalogue.Reception;
import dev.meridian.node.control.CatalogueWriter;
import dev.meridian.replication.link.LinkRequest;
import dev.meridian.replication.link.Links;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.jspecify.annotations.Nullable;

/**
 * Tells every peer of this region's global tables, until it has heard the last word, and notes what it answers. Child of
 * the region's guardian; holds nothing that must survive: after a start it tells everybody again.
 */
public final class Announcer extends AbstractBehavior<Announcer.Command> {

    private static final Duration RETRY = Duration.ofMillis(500);
    private static final long TIMEOUT_MILLIS = 10_000;

    public sealed interface Command {}

    /** The catalogue has changed. */
    public enum Changed implements Command {
        INSTANCE
    }

    /** The peer has been started anew and may have forgotten what it was told. */
    public record Restarted(String peer) implements Command {}

    private enum Retry implements Command {
        INSTANCE
    }

    private record Heard(
            String peer, long revision, @Nullable Reception reception) implements Command {}

    /**
     * Creates the actor.
     *
     * @param incarnation which start of the region this is
     */
    public static Behavior<Command> create(
            String region,
            String incarnation,
            List<String> peers,
            Catalogue catalogue,
            CatalogueWriter writer,
            Links links) {
        return Behaviors.setup(context -> Behaviors.withTimers(
                timers -> new Announcer(context, timers, region, incarnation, peers, catalogue, writer, links)));
    }

    private final String region;
    private final String incarnation;
    private final List<String> peers;
    private final Catalogue catalogue;
    private final CatalogueWriter writer;
    private final Links links;
    private final Map<String, Long> heard = new HashMap<>();
    private final Set<String> underWay = new HashSet<>();
    private final Set<String> restarted = new HashSet<>();

    private Announcer(
            ActorContext<Command> context,
            TimerScheduler<Command> timers,
            String region,
            String incarnation,
            List<String> peers,
            Catalogue catalogue,
            CatalogueWriter writer,
            Links links) {
        super(context);
        this.region = region;
        this.incarnation = incarnation;
        this.peers = peers;
        this.catalogue = catalogue;
        this.writer = writer;
        this.links = links;
        timers.startTimerWithFixedDelay(Retry.INSTANCE, RETRY);
        tellAll();
    }

    @Override
    public Receive<Command> createReceive() {
        return newReceiveBuilder()
                .onMessage(Changed.class, this::onChanged)
                .onMessage(Restarted.class, this::onRestarted)
                .onMessage(Retry.class, this::onRetry)
                .onMessage(Heard.class, this::onHeard)
                .build();
    }

    private Behavior<Command> onChanged(Changed message) {
        return tellAll();
    }

    private Behavior<Command> onRestarted(Restarted message) {
        heard.remove(message.peer());
        restarted.add(message.peer());
        return tellAll();
    }

    private Behavior<Command> onRetry(Retry message) {
        return tellAll();
    }

    private Behavior<Command> onHeard(Heard message) {
        underWay.remove(message.peer());
        Reception reception = message.reception();
        if (reception == null) {
            return this;
        }
        if (!reception.declined().isEmpty() || !reception.absent().isEmpty()) {
            writer.change(state -> Membership.answered(state, message.peer(), reception));
        }
        // What was under way when the peer was started anew may have reached it before that.
        if (!reception.later() && !restarted.contains(message.peer())) {
            heard.merge(message.peer(), message.revision(), Math::max);
            forgetWhatAllHaveHeard();
        }
        restarted.remove(message.peer());
        return reception.later() ? this : tellAll();
    }

    private void forgetWhatAllHaveHeard() {
        long revision = peers.stream()
                .mapToLong(peer -> heard.getOrDefault(peer, -1L))
                .min()
                .orElse(-1);
        if (!Membership.heardByAll(catalogue.state(), revision).isEmpty()) {
            writer.change(state -> Membership.heardByAll(state, revision));
        }
    }

    private Behavior<Command> tellAll() {
        CatalogueState state = catalogue.state();
        ActorRef<Command> self = getContext().getSelf();
        for (String peer : peers) {
            if (heard.getOrDefault(peer, -1L) >= state.revision() || !underWay.add(peer)) {
                continue;
            }
            byte[] news = Announcement.of(region, incarnation, state).encode();
            links.to(peer)
                    .exchange(new LinkRequest(LinkRequest.Kind.ANNOUNCE, news, TIMEOUT_MILLIS))
                    .thenApply(Reception::decode)
                    .whenComplete((reception, failure) ->
                            self.tell(new Heard(peer, state.revision(), failure == null ? reception : null)));
        }
        return this;
    }
}

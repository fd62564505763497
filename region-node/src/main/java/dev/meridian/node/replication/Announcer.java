package dev.meridian.node.replication;

import dev.meridian.node.catalogue.Announcement;
import dev.meridian.node.catalogue.Catalogue;
import dev.meridian.replication.link.LinkRequest;
import dev.meridian.replication.link.Links;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;

/**
 * Tells every peer of this region's global tables, until it has heard the last word. Child of the region's guardian;
 * holds nothing that must survive: after a start it tells everybody again.
 */
public final class Announcer extends AbstractBehavior<Announcer.Command> {

    private static final Duration RETRY = Duration.ofMillis(500);
    private static final long TIMEOUT_MILLIS = 10_000;

    public sealed interface Command {}

    /** The catalogue has changed. */
    public enum Changed implements Command {
        INSTANCE
    }

    private enum Retry implements Command {
        INSTANCE
    }

    private record Heard(String peer, long revision, boolean success) implements Command {}

    /** Creates the actor. */
    public static Behavior<Command> create(String region, List<String> peers, Catalogue catalogue, Links links) {
        return Behaviors.setup(context ->
                Behaviors.withTimers(timers -> new Announcer(context, timers, region, peers, catalogue, links)));
    }

    private final String region;
    private final List<String> peers;
    private final Catalogue catalogue;
    private final Links links;
    private final Map<String, Long> heard = new HashMap<>();
    private final Map<String, Long> underWay = new HashMap<>();

    private Announcer(
            ActorContext<Command> context,
            TimerScheduler<Command> timers,
            String region,
            List<String> peers,
            Catalogue catalogue,
            Links links) {
        super(context);
        this.region = region;
        this.peers = peers;
        this.catalogue = catalogue;
        this.links = links;
        timers.startTimerWithFixedDelay(Retry.INSTANCE, RETRY);
        tellAll();
    }

    @Override
    public Receive<Command> createReceive() {
        return newReceiveBuilder()
                .onMessage(Changed.class, this::onChanged)
                .onMessage(Retry.class, this::onRetry)
                .onMessage(Heard.class, this::onHeard)
                .build();
    }

    private Behavior<Command> onChanged(Changed message) {
        return tellAll();
    }

    private Behavior<Command> onRetry(Retry message) {
        return tellAll();
    }

    private Behavior<Command> onHeard(Heard message) {
        underWay.remove(message.peer());
        if (message.success()) {
            heard.merge(message.peer(), message.revision(), Math::max);
        }
        return message.success() ? tellAll() : this;
    }

    private Behavior<Command> tellAll() {
        Announcement news = Announcement.of(region, catalogue.state());
        ActorRef<Command> self = getContext().getSelf();
        for (String peer : peers) {
            if (underWay.containsKey(peer) || heard.getOrDefault(peer, -1L) >= news.revision()) {
                continue;
            }
            underWay.put(peer, news.revision());
            links.to(peer)
                    .exchange(new LinkRequest(LinkRequest.Kind.ANNOUNCE, news.encode(), TIMEOUT_MILLIS))
                    .whenComplete((answer, failure) -> self.tell(new Heard(peer, news.revision(), failure == null)));
        }
        return this;
    }
}

package dev.meridian.node.cluster;

import dev.meridian.node.http.PeerAddress;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.Props;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.cluster.ClusterEvent;
import org.apache.pekko.cluster.Member;
import org.apache.pekko.cluster.typed.Cluster;
import org.apache.pekko.cluster.typed.Subscribe;

/**
 * Learns addresses from the cluster's membership: every member is a region's node, its data centre is the region, and a
 * role of the form {@code door-HOST-PORT} tells where its door is. Addresses of members that go are kept.
 */
public final class ClusterDirectory implements RegionDirectory {

    private static final String ROLE = "door-";

    private final Map<String, PeerAddress> addresses = new ConcurrentHashMap<>();
    private final RegionDirectory fallback;

    /** {@code fallback} answers for regions the cluster has not told of yet. */
    public ClusterDirectory(ActorSystem<?> system, RegionDirectory fallback) {
        this.fallback = fallback;
        system.systemActorOf(watcher(), "directory", Props.empty());
    }

    /** The role that tells where a door is. */
    public static String role(String host, int port) {
        return ROLE + host + "-" + port;
    }

    private Behavior<ClusterEvent.MemberEvent> watcher() {
        return Behaviors.setup(context -> {
            Cluster cluster = Cluster.get(context.getSystem());
            cluster.subscriptions().tell(Subscribe.create(context.getSelf(), ClusterEvent.MemberEvent.class));
            cluster.state().getMembers().forEach(this::learn);
            return Behaviors.receive(ClusterEvent.MemberEvent.class)
                    .onMessage(ClusterEvent.MemberEvent.class, event -> {
                        learn(event.member());
                        return Behaviors.same();
                    })
                    .build();
        });
    }

    private void learn(Member member) {
        for (String role : member.getRoles()) {
            int dash = role.lastIndexOf('-');
            if (role.startsWith(ROLE) && dash > ROLE.length()) {
                addresses.put(
                        member.dataCenter(),
                        new PeerAddress(
                                role.substring(ROLE.length(), dash), Integer.parseInt(role.substring(dash + 1))));
            }
        }
    }

    @Override
    public Optional<PeerAddress> find(String region) {
        PeerAddress known = addresses.get(region);
        return known == null ? fallback.find(region) : Optional.of(known);
    }
}

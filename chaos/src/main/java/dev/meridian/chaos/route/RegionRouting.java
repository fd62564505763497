package dev.meridian.chaos.route;

import dev.meridian.chaos.world.World;
import dev.meridian.node.http.FrontDoor;
import io.vertx.core.http.HttpServerRequest;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/** A front door's choice at any moment: its settings, what is known of each region, what clients were told. Thread-safe. */
public final class RegionRouting implements FrontDoor.Routing {

    /** Where a client says where it is; without it, it is where it signs for. */
    public static final String CLIENT_REGION = "x-meridian-client-region";

    private static final long NANOS_PER_MILLI = 1_000_000;

    private final World world;
    private final LongSupplier nanoClock;
    private final Map<String, RegionHealth> health = new ConcurrentHashMap<>();
    private final ClientAnswers answers = new ClientAnswers();
    private volatile RouteSettings settings;

    /** {@code nanoClock} is a monotonic clock in nanoseconds. */
    public RegionRouting(World world, RouteSettings settings, LongSupplier nanoClock) {
        this.world = world;
        this.settings = settings;
        this.nanoClock = nanoClock;
    }

    public RouteSettings settings() {
        return settings;
    }

    /** From now on it is chosen like this, and everybody asks again. */
    public void become(RouteSettings next) {
        if (next.policy() != settings.policy()) {
            health.clear();
        }
        settings = next;
        answers.forget();
    }

    /** A look at a region has found this. */
    public void seen(String region, Standing found) {
        health.merge(region, RegionHealth.UNSEEN.seen(found, settings), (old, first) -> old.seen(found, settings));
    }

    /** How every region stands with this door. */
    public Map<String, Standing> standings() {
        Map<String, Standing> standings = new LinkedHashMap<>();
        world.regions().forEach(region -> standings.put(region, standing(region)));
        return standings;
    }

    private Standing standing(String region) {
        if (settings.policy() == RoutePolicy.BY_SIGNATURE) {
            return WorldStanding.of(world, region);
        }
        Standing seen = health.getOrDefault(region, RegionHealth.UNSEEN).standing();
        return seen != Standing.DEAD && world.faults().isDraining(region) ? Standing.DRAINING : seen;
    }

    @Override
    public Optional<String> region(HttpServerRequest request, String signedFor) {
        RouteSettings now = settings;
        if (now.policy() == RoutePolicy.BY_SIGNATURE) {
            return Optional.empty();
        }
        String given = request.getHeader(CLIENT_REGION);
        String clientRegion = given == null ? signedFor : given;
        if (now.ttlMillis() == 0) {
            return Optional.of(choice(now, clientRegion));
        }
        return Optional.of(answers.of(
                client(request, clientRegion),
                nanoClock.getAsLong() / NANOS_PER_MILLI,
                now.ttlMillis(),
                () -> choice(now, clientRegion)));
    }

    private String choice(RouteSettings now, String clientRegion) {
        return RegionChoice.of(now, world.regions(), clientRegion, this::standing);
    }

    /** Programs on one machine are told apart by their access keys. */
    private static String client(HttpServerRequest request, String clientRegion) {
        String authorization =
                Optional.ofNullable(request.getHeader("Authorization")).orElse("");
        String key = authorization.substring(0, Math.max(0, authorization.indexOf('/')));
        String host = request.remoteAddress() == null
                ? ""
                : String.valueOf(request.remoteAddress().host());
        return host + ' ' + key + ' ' + clientRegion;
    }
}

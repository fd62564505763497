package dev.meridian.node.http;

import dev.meridian.table.model.ServiceException;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One port for all regions: the region is the one the request is signed for. Unsigned requests, and regions called {@code
 * local} or {@code localhost}, go to the first region; a region that does not run here gets a sentence that says which do.
 * A {@link Routing} may choose otherwise.
 */
public final class FrontDoor {

    private static final Logger LOG = LoggerFactory.getLogger(FrontDoor.class);
    private static final Set<String> PLACEHOLDERS = Set.of("local", "localhost", "");
    private static final int NAME_LENGTH_MAX = 64;
    /** Of how many odd region names the log tells; a client may sign for any name it likes. */
    private static final int TOLD_MAX = 100;

    /** Where a region's requests go. */
    @FunctionalInterface
    public interface RegionTarget {

        void handle(HttpServerRequest request);

        /** Somebody has connected, and may come to this region. */
        default void connected(HttpConnection connection) {}
    }

    /** Chooses regions for requests. */
    @FunctionalInterface
    public interface Routing {

        /** Leaves the choice to the client. */
        Routing BY_SIGNATURE = (request, signedFor) -> Optional.empty();

        /**
         * The region the request goes to; empty: the one it is signed for.
         *
         * @param signedFor the region of its signature, empty where it has none
         */
        Optional<String> region(HttpServerRequest request, String signedFor);
    }

    private final List<String> regions;
    private final Function<String, RegionTarget> targets;
    private final Routing routing;
    private final Resources resources;
    private final Listener listener;
    private final Set<String> told = ConcurrentHashMap.newKeySet();

    /** A door where clients choose. */
    public FrontDoor(
            Vertx vertx, List<String> regions, Function<String, RegionTarget> targets, List<HttpResource> resources) {
        this(vertx, regions, targets, Routing.BY_SIGNATURE, resources);
    }

    /**
     * @param regions the regions that run here, the home region first
     * @param targets where each region's requests go at the moment
     */
    public FrontDoor(
            Vertx vertx,
            List<String> regions,
            Function<String, RegionTarget> targets,
            Routing routing,
            List<HttpResource> resources) {
        this.regions = List.copyOf(regions);
        this.targets = targets;
        this.routing = routing;
        this.resources = new Resources(resources);
        this.listener = new Listener(
                vertx,
                connection -> regions.forEach(region -> targets.apply(region).connected(connection)),
                this::handle);
    }

    /** Starts to listen; the stage completes with the port. */
    public CompletionStage<Integer> open(String host, int port) {
        resources.bound(host);
        return listener.open(host, port);
    }

    public CompletionStage<Void> close() {
        return listener.close();
    }

    private void handle(HttpServerRequest request) {
        if (resources.serve(request)) {
            return;
        }
        String region = SignedRegion.of(request).orElse("");
        Optional<String> chosen = routing.region(request, region);
        if (chosen.isPresent()) {
            targets.apply(chosen.get()).handle(request);
            return;
        }
        if (PLACEHOLDERS.contains(region)) {
            if (!region.isEmpty() && told.add(region)) {
                LOG.info("requests signed for region {} go to {}", region, regions.get(0));
            }
            region = regions.get(0);
        }
        if (regions.contains(region)) {
            targets.apply(region).handle(request);
        } else {
            refuse(request, region);
        }
    }

    /** A ValidationException: SDKs don't try those again, and the sentence reaches whoever chose the region. */
    private void refuse(HttpServerRequest request, String region) {
        if (told.size() < TOLD_MAX && told.add(region)) {
            LOG.warn("a request was signed for region {}, which is not running here", printable(region));
        }
        byte[] body = ServiceReply.body(ServiceException.validation("region " + printable(region)
                + " is not running here (running: " + String.join(", ", regions) + "); start with --regions "
                + String.join(",", regions) + "," + printable(region)));
        request.response()
                .setStatusCode(400)
                .putHeader(HttpHeaders.CONTENT_TYPE, ServiceReply.JSON_1_0)
                .putHeader(HttpHeaders.SERVER, ServiceReply.SERVER)
                .putHeader("x-amz-crc32", ServiceReply.crc(body))
                .end(Buffer.buffer(body));
    }

    private static String printable(String region) {
        return region.substring(0, Math.min(NAME_LENGTH_MAX, region.length())).replaceAll("[^A-Za-z0-9_.-]", "?");
    }
}

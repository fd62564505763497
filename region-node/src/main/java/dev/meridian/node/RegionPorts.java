package dev.meridian.node;

import dev.meridian.node.capacity.Shortage;
import dev.meridian.node.http.DoorGate;
import dev.meridian.node.http.HttpResource;
import dev.meridian.replication.link.Links;
import dev.meridian.storage.OrderedStore;
import io.vertx.core.Vertx;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;

/**
 * Everything a region takes from outside: time, randomness, bytes on disk, bytes between regions. Real ones in {@code
 * meridian node}, real ones wrapped by chaos in {@code meridian up}.
 *
 * @param vertx event loops for the door and the links; may be shared by the regions of one JVM
 * @param clock the region's wall clock, skewed if the region is to believe so
 * @param nanoClock a monotonic clock in nanoseconds, for durations
 * @param random for identifiers and jitter; thread-safe
 * @param store opens the region's store; called once a start
 * @param links what lies between this region's links and the network: the identity for real ones
 * @param doors tells the port of a region of this process, where the settings and the cluster do not know better
 * @param shortage what the tables lack of their throughput at the moment
 * @param gate what every request to the region's door passes
 * @param resources further HTTP resources to serve on the region's door
 */
public record RegionPorts(
        Vertx vertx,
        InstantSource clock,
        LongSupplier nanoClock,
        RandomGenerator random,
        Supplier<OrderedStore> store,
        UnaryOperator<Links> links,
        Function<String, Optional<Integer>> doors,
        Supplier<Shortage> shortage,
        DoorGate gate,
        List<HttpResource> resources) {}

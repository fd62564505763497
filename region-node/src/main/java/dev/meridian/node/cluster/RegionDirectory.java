package dev.meridian.node.cluster;

import dev.meridian.node.http.PeerAddress;
import java.util.Optional;

/** Tells where a region's door is. Thread-safe; the last known address stands until a newer one is known. */
@FunctionalInterface
public interface RegionDirectory {

    Optional<PeerAddress> find(String region);
}

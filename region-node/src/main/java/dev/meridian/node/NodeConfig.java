package dev.meridian.node;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigValueFactory;
import dev.meridian.node.cluster.ClusterDirectory;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The configuration of a region's actor system. */
final class NodeConfig {

    private static final String SERIALIZERS = "pekko.actor.serializers";
    private static final String BINDINGS = "pekko.actor.serialization-bindings";
    private static final List<String> REMOTING = List.of("org.apache.pekko.remote.", "org.apache.pekko.cluster.");

    private NodeConfig() {}

    /**
     * @param journal the key under which the region's store is registered for the journal
     * @param doorPort the port the door is bound to
     */
    static Config of(RegionSettings settings, String journal, int doorPort) {
        Config config = ConfigFactory.parseResources("meridian-node.conf")
                .withValue("pekko.persistence.journal.plugin", ConfigValueFactory.fromAnyRef("meridian.journal"))
                .withValue("meridian.journal.store", ConfigValueFactory.fromAnyRef(journal));
        RegionSettings.ClusterSettings cluster = settings.cluster();
        if (cluster.enabled()) {
            config = config.withValue("pekko.actor.provider", ConfigValueFactory.fromAnyRef("cluster"))
                    .withValue(
                            "pekko.cluster.multi-data-center.self-data-center",
                            ConfigValueFactory.fromAnyRef(settings.region()))
                    .withValue(
                            "pekko.cluster.roles",
                            ConfigValueFactory.fromIterable(List.of(ClusterDirectory.role(settings.host(), doorPort))))
                    .withValue("pekko.remote.artery.canonical.hostname", ConfigValueFactory.fromAnyRef(settings.host()))
                    .withValue("pekko.remote.artery.canonical.port", ConfigValueFactory.fromAnyRef(cluster.port()));
        }
        Config reference = ConfigFactory.defaultReference();
        return config.withFallback(cluster.enabled() ? reference : withoutRemoting(reference))
                .resolve();
    }

    /** Every actor system makes all the serializers it is told of, and those of a cluster's messages take their time. */
    private static Config withoutRemoting(Config reference) {
        Map<String, Object> serializers =
                new HashMap<>(reference.getObject(SERIALIZERS).unwrapped());
        Map<String, Object> bindings =
                new HashMap<>(reference.getObject(BINDINGS).unwrapped());
        serializers.values().removeIf(type -> REMOTING.stream().anyMatch(type.toString()::startsWith));
        bindings.values().retainAll(serializers.keySet());
        return reference
                .withValue(SERIALIZERS, ConfigValueFactory.fromMap(serializers))
                .withValue(BINDINGS, ConfigValueFactory.fromMap(bindings));
    }
}

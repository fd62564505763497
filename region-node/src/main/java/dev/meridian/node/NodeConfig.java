package dev.meridian.node;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigValueFactory;
import dev.meridian.node.cluster.ClusterDirectory;
import java.util.List;

/** The configuration of a region's actor system. */
final class NodeConfig {

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
        return config.withFallback(ConfigFactory.defaultReference()).resolve();
    }
}

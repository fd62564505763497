package dev.meridian.node.control;

import dev.meridian.node.catalogue.AccountSettings;
import dev.meridian.node.catalogue.Catalogue;
import dev.meridian.node.catalogue.CatalogueEvent;
import dev.meridian.node.catalogue.CatalogueState;
import dev.meridian.node.catalogue.Member;
import dev.meridian.node.catalogue.TableState;
import dev.meridian.node.settings.ServiceSettings;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Replicas whose policy has denied replication for too long are members no more, as with the service: the others give them up, and
 * each finds its table to be its own once it hears of that.
 */
public final class DeniedReplicas implements Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(DeniedReplicas.class);
    private static final Duration PAUSE_MIN = Duration.ofMillis(500);
    private static final Duration PAUSE_MAX = Duration.ofMinutes(1);
    private static final int LOOKS = 10;

    private final String region;
    private final Catalogue catalogue;
    private final CatalogueWriter writer;
    private final long patienceMillis;
    private final InstantSource clock;

    public DeniedReplicas(
            String region, Catalogue catalogue, CatalogueWriter writer, ServiceSettings service, InstantSource clock) {
        this.region = region;
        this.catalogue = catalogue;
        this.writer = writer;
        this.patienceMillis = Math.round(
                service.number("denied-replica-hours") * Duration.ofHours(1).toMillis());
        this.clock = clock;
    }

    /** How often to look. */
    public Duration pause() {
        Duration fitting = Duration.ofMillis(patienceMillis / LOOKS);
        if (patienceMillis == 0 || fitting.compareTo(PAUSE_MAX) > 0) {
            return PAUSE_MAX;
        }
        return fitting.compareTo(PAUSE_MIN) < 0 ? PAUSE_MIN : fitting;
    }

    @Override
    public void run() {
        if (decide(catalogue.state()).isEmpty()) {
            return;
        }
        try {
            writer.change(this::decide).join();
        } catch (CompletionException stopping) {
            LOG.debug("{}: replicas that are denied are looked at again later", region, stopping);
        }
    }

    private List<CatalogueEvent> decide(CatalogueState state) {
        return patienceMillis == 0 ? List.of() : decide(state, clock.millis() - patienceMillis);
    }

    /** Gives up the other regions' replicas that have been denied since then or earlier. */
    static List<CatalogueEvent> decide(CatalogueState state, long sinceMillis) {
        List<CatalogueEvent> events = new ArrayList<>();
        for (TableState table : state.tables().values()) {
            for (String replica : table.replicas().keySet()) {
                boolean isOver = AccountSettings.deniedSince(table.settings(), replica)
                        .filter(since -> since <= sinceMillis)
                        .isPresent();
                if (isOver && table.isOfSeveralAccounts()) {
                    events.add(new CatalogueEvent.ReplicaChanged(table.globalId(), replica, Member.Phase.DETACHED));
                }
            }
        }
        return events;
    }
}

package dev.meridian.node.strong;

import dev.meridian.node.catalogue.Catalogue;
import dev.meridian.node.catalogue.CatalogueEvent;
import dev.meridian.node.catalogue.CatalogueState;
import dev.meridian.node.catalogue.StrongSettings;
import dev.meridian.node.catalogue.TableSettings;
import dev.meridian.node.catalogue.TableState;
import dev.meridian.node.control.CatalogueWriter;
import dev.meridian.replication.link.LinkRequest;
import dev.meridian.replication.link.Links;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Asks witnesses to attend, and to leave, until they have answered. */
public final class WitnessKeeper implements Runnable {

    private static final long TIMEOUT_MILLIS = 3_000;

    private final Catalogue catalogue;
    private final CatalogueWriter writer;
    private final Links links;
    private final Set<String> asking = ConcurrentHashMap.newKeySet();

    public WitnessKeeper(Catalogue catalogue, CatalogueWriter writer, Links links) {
        this.catalogue = catalogue;
        this.writer = writer;
        this.links = links;
    }

    @Override
    public void run() {
        catalogueChanged(catalogue.state());
    }

    /** Looks for witnesses on their way. */
    public void catalogueChanged(CatalogueState state) {
        for (TableState table : state.tables().values()) {
            StrongSettings.witness(table.settings())
                    .filter(witness -> witness.phase() != StrongSettings.Phase.ACTIVE)
                    .ifPresent(witness -> ask(table, witness));
        }
    }

    private void ask(TableState table, StrongSettings.WitnessState witness) {
        boolean attend = witness.phase() == StrongSettings.Phase.CREATING;
        if (!asking.add(table.globalId())) {
            return;
        }
        byte[] request = StrongLinks.witnessRequest(
                witness.group(),
                attend,
                StrongSettings.of(table.settings())
                        .map(StrongSettings::acceptors)
                        .orElse(List.of()));
        links.to(witness.region())
                .exchange(new LinkRequest(LinkRequest.Kind.WITNESS, request, TIMEOUT_MILLIS))
                .thenCompose(done -> writer.change(state -> answered(state, table.globalId(), witness)))
                .whenComplete((done, failure) -> asking.remove(table.globalId()));
    }

    private static List<CatalogueEvent> answered(
            CatalogueState state, String globalId, StrongSettings.WitnessState asked) {
        TableSettings settings =
                state.byGlobalId(globalId).map(TableState::settings).orElse(TableSettings.NONE);
        if (!StrongSettings.witness(settings).filter(asked::equals).isPresent()) {
            return List.of();
        }
        return List.of(new CatalogueEvent.SettingsChanged(globalId, StrongSettings.witnessAnswered(settings)));
    }
}

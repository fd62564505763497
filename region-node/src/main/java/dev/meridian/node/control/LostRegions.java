package dev.meridian.node.control;

import dev.meridian.node.catalogue.CatalogueEvent;
import dev.meridian.node.catalogue.CatalogueState;
import dev.meridian.node.catalogue.Member;
import dev.meridian.node.catalogue.TableState;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * Gives up a region that is lost for good: its replicas are members of no table any more, without its having a say. Should it come
 * back, it finds its tables to be its own, and takes part again only where it is asked to join anew. The regions of a strongly
 * consistent table never change.
 */
public final class LostRegions {

    private final CatalogueWriter writer;

    public LostRegions(CatalogueWriter writer) {
        this.writer = writer;
    }

    /** Completes with how many tables the region is no member of any more, once that is durable here. */
    public CompletionStage<Integer> forget(String region) {
        int[] tables = {0};
        return writer.change(state -> {
                    List<CatalogueEvent> events = decide(state, region);
                    tables[0] = events.size();
                    return events;
                })
                .thenApply(state -> tables[0]);
    }

    static List<CatalogueEvent> decide(CatalogueState state, String region) {
        List<CatalogueEvent> events = new ArrayList<>();
        for (TableState table : state.tables().values()) {
            if (table.replicas().containsKey(region) && !table.schema().isStrong()) {
                events.add(new CatalogueEvent.ReplicaChanged(table.globalId(), region, Member.Phase.DETACHED));
            }
        }
        return events;
    }
}

package dev.meridian.node.catalogue;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/**
 * How replicas of a table find together: each region tells the others its global tables, and each makes of that what
 * concerns it. Nothing is ever asked for twice or left half-done: a region that was cut off hears the last word when it
 * can be reached again.
 */
public final class Membership {

    private final String region;
    private final Supplier<String> ids;

    /**
     * @param region this region
     * @param ids gives identifiers for new tables
     */
    public Membership(String region, Supplier<String> ids) {
        this.region = region;
        this.ids = ids;
    }

    /** What a peer's announcement changes here. */
    public List<CatalogueEvent> hear(CatalogueState state, Announcement news, long nowMillis) {
        return hear(state, news, nowMillis, false);
    }

    /** The same for a region that may have forgotten tables it holds: it joins them again. */
    public List<CatalogueEvent> recall(CatalogueState state, Announcement news, long nowMillis) {
        return hear(state, news, nowMillis, true);
    }

    private List<CatalogueEvent> hear(CatalogueState state, Announcement news, long nowMillis, boolean forgetful) {
        List<CatalogueEvent> events = new ArrayList<>();
        Set<String> announced = new HashSet<>();
        int number = state.lastNumber();
        for (Announcement.Entry entry : news.tables()) {
            announced.add(entry.globalId());
            TableState mine = state.tables().get(entry.globalId());
            if (mine != null) {
                update(events, mine, news.region(), entry);
            } else if (isInvited(state, entry, forgetful)) {
                join(events, news.region(), entry, ++number, nowMillis);
            }
        }
        for (TableState mine : state.tables().values()) {
            TableState.Status peer = mine.replicas().get(news.region());
            if (peer != null && peer != TableState.Status.CREATING && !announced.contains(mine.globalId())) {
                events.add(new CatalogueEvent.ReplicaRemoved(mine.globalId(), news.region()));
            }
        }
        return events;
    }

    private boolean isInvited(CatalogueState state, Announcement.Entry entry, boolean forgetful) {
        return entry.status() == TableState.Status.ACTIVE
                && (entry.replicas().get(region) == TableState.Status.CREATING
                        || forgetful && entry.replicas().get(region) == TableState.Status.ACTIVE)
                && state.byName(entry.definition().name()).isEmpty();
    }

    private void join(List<CatalogueEvent> events, String from, Announcement.Entry entry, int number, long nowMillis) {
        String name = entry.definition().name();
        events.add(new CatalogueEvent.TableCreated(
                entry.globalId(),
                entry.definition(),
                number,
                ids.get(),
                TableArns.of(region, name),
                entry.partitionCount(),
                nowMillis));
        events.add(new CatalogueEvent.ReplicaChanged(entry.globalId(), from, entry.status()));
        entry.replicas().forEach((replica, status) -> {
            if (!replica.equals(region)) {
                events.add(new CatalogueEvent.ReplicaChanged(entry.globalId(), replica, status));
            }
        });
    }

    private void update(List<CatalogueEvent> events, TableState mine, String from, Announcement.Entry entry) {
        Map<String, TableState.Status> known = mine.replicas();
        // A removal ordered here stands until the peer says the table is gone: it may not have heard of it yet.
        boolean isLeaving = known.get(from) == TableState.Status.DELETING;
        if (!isLeaving && known.get(from) != entry.status()) {
            events.add(new CatalogueEvent.ReplicaChanged(mine.globalId(), from, entry.status()));
        }
        entry.replicas().forEach((replica, status) -> {
            boolean isNews = !replica.equals(region) && !replica.equals(from) && !known.containsKey(replica);
            if (isNews && status != TableState.Status.DELETING) {
                events.add(new CatalogueEvent.ReplicaChanged(mine.globalId(), replica, status));
            }
        });
        if (entry.replicas().get(region) == TableState.Status.DELETING && mine.status() != TableState.Status.DELETING) {
            events.add(new CatalogueEvent.StatusChanged(mine.globalId(), TableState.Status.DELETING));
        }
    }
}

package dev.meridian.node.catalogue;

import dev.meridian.table.definition.TableDefinition;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * How replicas of a table find together: each region tells the others its global tables, and each makes of that what
 * concerns it. Nothing is ever asked for twice or left half-done: a region that was cut off hears the last word when it
 * can be reached again, and news may come late, doubled, out of order and from third parties, since what is known of a
 * member only grows ({@link Member}).
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
        List<CatalogueEvent> events = new ArrayList<>();
        int number = state.lastNumber();
        for (Announcement.Entry entry : news.tables()) {
            TableState mine = state.tables().get(entry.globalId());
            if (mine != null && isGivenUp(mine, news.region(), entry)) {
                continue;
            }
            if (mine != null) {
                update(events, mine, entry, nowMillis);
            } else if (isExpected(state, entry) && inTheWay(state, entry).isEmpty()) {
                join(events, entry, ++number, nowMillis);
            }
        }
        news.departed().forEach((globalId, epoch) -> {
            TableState mine = state.tables().get(globalId);
            Map<String, Member> gone =
                    Map.of(news.region(), new Member(epoch, Member.Phase.GONE, Member.Origin.FOUNDING));
            if (mine != null && isNews(mine, gone)) {
                events.add(new CatalogueEvent.MembersHeard(globalId, gone));
            }
        });
        return events;
    }

    /** What a region says of a table that it was removed from counts no more, whatever it has made of it meanwhile. */
    private static boolean isGivenUp(TableState mine, String sender, Announcement.Entry entry) {
        Member known = mine.members().get(sender);
        Member told = entry.members().get(sender);
        return known != null && told != null && !known.isHere() && told.epoch() <= known.epoch();
    }

    /** What the sender of an announcement is to be answered, given the state after it was heard. */
    public Reception reception(CatalogueState state, Announcement news) {
        List<String> declined = new ArrayList<>();
        List<String> absent = new ArrayList<>();
        boolean isLater = false;
        for (Announcement.Entry entry : news.tables()) {
            Member me = entry.members().get(region);
            if (me == null || state.tables().containsKey(entry.globalId())) {
                continue;
            }
            TableState inTheWay = inTheWay(state, entry).orElse(null);
            if (me.phase() == Member.Phase.DELETING) {
                absent.add(entry.globalId());
            } else if (inTheWay != null && isExpected(state, entry)) {
                boolean isLeaving = inTheWay.status() == TableState.Status.DELETING;
                isLater |= isLeaving;
                if (!isLeaving) {
                    declined.add(entry.globalId());
                }
            }
        }
        return new Reception(isLater, declined, absent);
    }

    /** What a peer's answer to this region's announcement changes here. */
    public static List<CatalogueEvent> answered(CatalogueState state, String peer, Reception reception) {
        List<CatalogueEvent> events = new ArrayList<>();
        note(events, state, peer, reception.declined(), Member.Phase.CREATING, Member.Phase.CREATION_FAILED);
        note(events, state, peer, reception.absent(), Member.Phase.DELETING, Member.Phase.GONE);
        return events;
    }

    private static void note(
            List<CatalogueEvent> events,
            CatalogueState state,
            String peer,
            List<String> globalIds,
            Member.Phase before,
            Member.Phase after) {
        for (String globalId : globalIds) {
            state.byGlobalId(globalId)
                    .filter(table -> table.replicas().get(peer) == before)
                    .ifPresent(table -> events.add(new CatalogueEvent.ReplicaChanged(globalId, peer, after)));
        }
    }

    /** What needs no telling any more, once every peer has heard the catalogue of that revision. */
    public static List<CatalogueEvent> heardByAll(CatalogueState state, long revision) {
        return state.departed().entrySet().stream()
                .filter(departed -> departed.getValue().revision() <= revision)
                .<CatalogueEvent>map(departed -> new CatalogueEvent.DepartureForgotten(departed.getKey()))
                .toList();
    }

    /** Another table of the name that the replica would have here, among the account's tables or among the regions. */
    private Optional<TableState> inTheWay(CatalogueState state, Announcement.Entry entry) {
        String name = entry.definition().name();
        String account = AccountSettings.in(entry.settings(), region);
        return state.byName(account, name)
                .or(() -> state.byCommonName(AccountSettings.commonName(entry.settings(), name)));
    }

    /** Whether others count on a replica here: they ask for one, or this region has forgotten the one it had. */
    private boolean isExpected(CatalogueState state, Announcement.Entry entry) {
        Member me = entry.members().get(region);
        CatalogueState.Departure departure = state.departed().get(entry.globalId());
        boolean canBeCopied = entry.members().entrySet().stream()
                .anyMatch(member ->
                        !member.getKey().equals(region) && member.getValue().phase() == Member.Phase.ACTIVE);
        return me != null
                && canBeCopied
                && (departure == null || me.epoch() > departure.epoch())
                && (me.phase() == Member.Phase.CREATING || me.phase() == Member.Phase.ACTIVE);
    }

    private void join(List<CatalogueEvent> events, Announcement.Entry entry, int number, long nowMillis) {
        TableDefinition definition = entry.definition().withTags(Map.of()).withDeletionProtection(false);
        String arn = TableArns.of(region, AccountSettings.in(entry.settings(), region), definition.name());
        events.add(new CatalogueEvent.TableCreated(
                entry.globalId(), definition, number, ids.get(), arn, entry.partitionCount(), nowMillis));
        if (!definition.streamView().isEmpty()) {
            events.add(new CatalogueEvent.StreamStarted(entry.globalId(), definition.streamView(), nowMillis));
        }
        events.add(new CatalogueEvent.MembersHeard(entry.globalId(), entry.members()));
        events.add(new CatalogueEvent.SettingsHeard(entry.globalId(), definition, entry.settings(), entry.revision()));
        AccountSettings.asked(entry.settings(), region).ifPresent(own -> {
            events.add(new CatalogueEvent.TableRedefined(entry.globalId(), definition.ownedAs(own)));
            events.add(new CatalogueEvent.SettingsChanged(
                    entry.globalId(), AccountSettings.made(entry.settings(), region, nowMillis)));
        });
    }

    private void update(List<CatalogueEvent> events, TableState mine, Announcement.Entry entry, long nowMillis) {
        if (entry.revision().compareTo(mine.revision()) > 0) {
            events.add(new CatalogueEvent.SettingsHeard(
                    mine.globalId(), entry.definition(), entry.settings(), entry.revision()));
            if (StrongSettings.of(entry.settings()).isEmpty()) {
                followStream(events, mine, entry.definition().streamView(), nowMillis);
            }
        }
        if (!isNews(mine, entry.members())) {
            return;
        }
        events.add(new CatalogueEvent.MembersHeard(mine.globalId(), entry.members()));
        Member me = entry.members().get(region);
        if (me == null) {
            return;
        }
        if (me.phase() == Member.Phase.DETACHED
                && me.epoch() >= mine.epoch(region)
                && mine.status() == TableState.Status.ACTIVE) {
            events.add(new CatalogueEvent.TableDetached(mine.globalId(), ids.get()));
            return;
        }
        boolean mustLeave = me.phase().compareTo(Member.Phase.DELETING) >= 0 && me.epoch() >= mine.epoch(region);
        if (mustLeave && mine.status() != TableState.Status.DELETING) {
            events.add(new CatalogueEvent.StatusChanged(mine.globalId(), TableState.Status.DELETING));
        } else if (me.epoch() > mine.epoch(region)) {
            // Asked to join again what is still held: the new epoch needs this region's own word.
            events.add(new CatalogueEvent.StatusChanged(mine.globalId(), mine.status()));
        }
    }

    /** Streams are on or off in all replicas, each with a stream of its own. */
    private static void followStream(List<CatalogueEvent> events, TableState mine, String view, long nowMillis) {
        if (mine.stream().isPresent() && view.isEmpty()) {
            events.add(new CatalogueEvent.StreamEnded(mine.globalId(), nowMillis));
        } else if (mine.stream().isEmpty() && !view.isEmpty()) {
            events.add(new CatalogueEvent.StreamStarted(mine.globalId(), view, nowMillis));
        }
    }

    private static boolean isNews(TableState mine, Map<String, Member> heard) {
        return !Member.merge(mine.members(), heard).equals(mine.members());
    }
}

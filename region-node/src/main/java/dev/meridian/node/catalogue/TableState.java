package dev.meridian.node.catalogue;

import dev.meridian.table.definition.TableDefinition;
import dev.meridian.table.definition.TableSchema;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A table in this region.
 *
 * @param globalId the identifier all replicas of the table share
 * @param number the table's number in this region's store, never used for another
 * @param id the table's own identifier in this region
 * @param createdMillis since 1970 UTC
 * @param members all regions that hold the table or have held it, this one among them, in the order they came
 * @param revision which state of the definition and the settings this is
 * @param here streams and index rows in this region
 */
public record TableState(
        TableDefinition definition,
        String globalId,
        int number,
        String id,
        String arn,
        int partitionCount,
        long createdMillis,
        Status status,
        Map<String, Member> members,
        TableSettings settings,
        SettingsRevision revision,
        RegionalState here) {

    /** Where a table stands. */
    public enum Status {
        CREATING,
        ACTIVE,
        DELETING
    }

    public TableState {
        members = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(members));
    }

    public String name() {
        return definition.name();
    }

    /** The account whose table it is here. */
    public String account() {
        return TableArns.accountIn(arn);
    }

    /** What regions call the table among themselves, and people who look at it: by the account that created it. */
    public String commonName() {
        return AccountSettings.commonName(settings, name());
    }

    /** Whether another account has a replica of it. */
    public boolean isOfSeveralAccounts() {
        return isOfSeveralAccounts(settings);
    }

    private boolean isOfSeveralAccounts(TableSettings settings) {
        return replicas().keySet().stream()
                .anyMatch(region -> !AccountSettings.in(settings, region).equals(account()));
    }

    /** The region the table stands in. */
    public String region() {
        return TableArns.regionIn(arn);
    }

    /** The definition as it counts for the replica in that region. */
    public TableDefinition definitionIn(String replica) {
        return definition.overriddenBy(OverrideSettings.of(settings, replica));
    }

    /** The schema for the data path. */
    public TableSchema schema() {
        Map<String, Integer> numbers = new LinkedHashMap<>();
        Set<String> readable = new HashSet<>();
        here.indexes().forEach((name, index) -> {
            if (index.phase() != IndexState.Phase.LEAVING) {
                numbers.put(name, index.number());
            }
            if (index.phase() == IndexState.Phase.ACTIVE) {
                readable.add(name);
            }
        });
        return definitionIn(region())
                .schema(
                        arn,
                        number,
                        partitionCount,
                        stream().map(StreamState::number).orElse(0),
                        numbers,
                        readable)
                .decidingBy(settings.get(TableSettings.CONFLICT_POLICY).orElse(""))
                .calledInAll(commonName())
                .agreeingAs(
                        StrongSettings.of(settings).map(StrongSettings::group).orElse(""));
    }

    /** The stream that is on, if one is. */
    public Optional<StreamState> stream() {
        return here.lastStream().filter(StreamState::isOn);
    }

    /** The stream that was turned on last, if there ever was one. */
    public Optional<StreamState> lastStream() {
        return here.lastStream();
    }

    /** Whether an index is being filled or removed. */
    public boolean isChangingIndexes() {
        return here.indexes().values().stream().anyMatch(index -> index.phase() != IndexState.Phase.ACTIVE);
    }

    TableState withRegional(RegionalState changed) {
        return with(definition, status, members, settings, revision, changed);
    }

    TableState withTags(Map<String, String> tags) {
        return with(definition.withTags(tags), status, members, settings, revision, here);
    }

    /** The other regions that hold a replica, or are on the way to it or from it. */
    public Map<String, Member.Phase> replicas() {
        Map<String, Member.Phase> others = new LinkedHashMap<>();
        members.forEach((region, member) -> {
            if (member.isHere() && !region.equals(region())) {
                others.put(region, member.phase());
            }
        });
        return others;
    }

    /** Whether a replica or a witness that was asked for, or asked to go, is on its way. */
    public boolean isChangingReplicas() {
        boolean isWitnessChanging = StrongSettings.witness(settings)
                .filter(witness -> witness.phase() != StrongSettings.Phase.ACTIVE)
                .isPresent();
        return isWitnessChanging
                || members.entrySet().stream()
                        .anyMatch(member -> !member.getKey().equals(region())
                                && member.getValue().isChanging());
    }

    /** The how manieth time this region holds the table. */
    public long incarnation() {
        return epoch(region());
    }

    /** The table as one of this region's own, which no other region knows. */
    public TableState detachedAs(String newId) {
        Map<String, Member> alone = new LinkedHashMap<>();
        members.forEach((name, member) -> alone.put(
                name,
                name.equals(region())
                        ? new Member(member.epoch(), Member.Phase.ACTIVE, Member.Origin.FOUNDING)
                        : new Member(member.epoch(), Member.Phase.GONE, member.origin())));
        return new TableState(
                definition,
                newId,
                number,
                id,
                arn,
                partitionCount,
                createdMillis,
                status,
                alone,
                AccountSettings.alone(settings),
                revision,
                here);
    }

    /** Whether a region's replica takes part in replication. */
    public boolean isReplicatedWith(String region) {
        return replicas().get(region) == Member.Phase.ACTIVE;
    }

    /** Whether a region's log is followed: of one that leaves until it has gone, of none where a policy stops it. */
    public boolean isFollowed(String region) {
        boolean isMember = isReplicatedWith(region) || replicas().get(region) == Member.Phase.DELETING;
        return isMember && isAuthorized(region);
    }

    /** Whether neither the policy of the replica here nor that of the one there stops replication between them. */
    public boolean isAuthorized(String region) {
        return !AccountSettings.isUnauthorized(settings, region) && !AccountSettings.isUnauthorized(settings, region());
    }

    /** How often a region has been asked to join. */
    public long epoch(String region) {
        Member member = members.get(region);
        return member == null ? 0 : member.epoch();
    }

    private Member.Origin origin(String region) {
        Member member = members.get(region);
        return member == null ? Member.Origin.FOUNDING : member.origin();
    }

    TableState withStatus(Status newStatus) {
        Map<String, Member> changed = new LinkedHashMap<>(members);
        changed.put(
                region(),
                new Member(Math.max(1, epoch(region())), Member.Phase.valueOf(newStatus.name()), origin(region())));
        return with(definition, newStatus, changed, settings, revision, here);
    }

    TableState withDefinition(TableDefinition newDefinition) {
        return with(newDefinition, status, members, settings, revision.next(region()), here.following(newDefinition));
    }

    TableState withSettings(TableSettings newSettings) {
        return with(definition, status, members, newSettings, revision.next(region()), here);
    }

    /** The table as another region knows it to be set, but for what is each region's own. */
    TableState adopting(TableDefinition heard, TableSettings heardSettings, SettingsRevision heardRevision) {
        TableDefinition own = heard.withTags(definition.tags()).withDeletionProtection(definition.deletionProtection());
        if (StrongSettings.of(heardSettings).isPresent()) {
            own = own.withStreamView(definition.streamView());
        }
        TableSettings adopted = settings.adopting(heardSettings);
        if (isOfSeveralAccounts(adopted)) {
            own = own.ownedAs(definition);
        }
        return with(own, status, members, adopted, heardRevision, here.following(own));
    }

    /** A region that is asked to join begins a new epoch. */
    TableState withNewReplica(String region, Member.Origin origin) {
        return withMember(region, new Member(epoch(region) + 1, Member.Phase.CREATING, origin));
    }

    TableState withReplica(String region, Member.Phase phase) {
        return withMember(region, new Member(Math.max(1, epoch(region)), phase, origin(region)));
    }

    private TableState withMember(String region, Member member) {
        Map<String, Member> changed = new LinkedHashMap<>(members);
        changed.put(region, member);
        return with(definition, status, changed, settings, revision, here);
    }

    TableState withMembers(Map<String, Member> heard) {
        return with(definition, status, Member.merge(members, heard), settings, revision, here);
    }

    private TableState with(
            TableDefinition newDefinition,
            Status newStatus,
            Map<String, Member> newMembers,
            TableSettings newSettings,
            SettingsRevision newRevision,
            RegionalState newHere) {
        return new TableState(
                newDefinition,
                globalId,
                number,
                id,
                arn,
                partitionCount,
                createdMillis,
                newStatus,
                newMembers,
                newSettings,
                newRevision,
                newHere);
    }
}

package dev.meridian.node.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.meridian.node.account.Accounts;
import dev.meridian.node.catalogue.Member.Phase;
import dev.meridian.node.catalogue.TableState.Status;
import dev.meridian.table.definition.TableDefinition;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class MembershipTest {

    private static final String HOME = "us-east-1";
    private static final String WEST = "us-west-2";
    private static final String EU = "eu-west-1";

    private final Map<String, CatalogueState> states = new TreeMap<>();
    private final Set<String> cutOff = new HashSet<>();
    private final Map<String, Integer> ids = new HashMap<>();

    MembershipTest() {
        List.of(HOME, WEST, EU).forEach(region -> states.put(region, CatalogueState.EMPTY));
    }

    @Test
    void aNewReplicaIsActiveEverywhereAndKnowsTheOthers() {
        create("g1", WEST, EU);
        settle();
        assertThat(replicas(HOME, "g1")).isEqualTo(Map.of(WEST, Phase.ACTIVE, EU, Phase.ACTIVE));
        assertThat(replicas(WEST, "g1")).isEqualTo(Map.of(HOME, Phase.ACTIVE, EU, Phase.ACTIVE));
        assertThat(replicas(EU, "g1")).isEqualTo(Map.of(HOME, Phase.ACTIVE, WEST, Phase.ACTIVE));
    }

    @Test
    void aReplicaMadeWhileTheLinkIsCutIsFinishedAfterwards() {
        cutOff.add(EU);
        create("g1", WEST, EU);
        settle();
        assertThat(replicas(HOME, "g1")).isEqualTo(Map.of(WEST, Phase.ACTIVE, EU, Phase.CREATING));
        assertThat(state(EU).tables()).isEmpty();

        cutOff.clear();
        settle();
        assertThat(replicas(HOME, "g1")).isEqualTo(Map.of(WEST, Phase.ACTIVE, EU, Phase.ACTIVE));
        assertThat(state(EU).tables()).containsOnlyKeys("g1");
    }

    @Test
    void aReplicaIsRemovedAndForgottenByAll() {
        create("g1", WEST, EU);
        settle();
        apply(HOME, List.of(new CatalogueEvent.ReplicaChanged("g1", EU, Phase.DELETING)));
        settle();
        assertThat(state(EU).tables()).isEmpty();
        assertThat(replicas(HOME, "g1")).containsOnlyKeys(WEST);
        assertThat(replicas(WEST, "g1")).containsOnlyKeys(HOME);
    }

    @Test
    void aRemovalOrderedWhileTheLinkIsCutIsFinishedAfterwards() {
        create("g1", WEST);
        settle();
        cutOff.add(WEST);
        apply(HOME, List.of(new CatalogueEvent.ReplicaChanged("g1", WEST, Phase.DELETING)));
        settle();
        assertThat(state(WEST).tables()).containsKey("g1");

        cutOff.clear();
        settle();
        assertThat(state(WEST).tables()).isEmpty();
        assertThat(replicas(HOME, "g1")).isEmpty();
    }

    @Test
    void aTableMadeAgainUnderTheSameNameGetsAnotherNumber() {
        create("g1", WEST);
        settle();
        apply(HOME, List.of(new CatalogueEvent.ReplicaChanged("g1", WEST, Phase.DELETING)));
        settle();
        apply(HOME, List.of(new CatalogueEvent.TableDropped("g1")));
        create("g2", WEST);
        settle();
        assertThat(state(WEST).byGlobalId("g2").orElseThrow().number()).isEqualTo(2);
        assertThat(state(HOME).byGlobalId("g2").orElseThrow().number()).isEqualTo(2);
        assertThat(replicas(HOME, "g2")).isEqualTo(Map.of(WEST, Phase.ACTIVE));
    }

    @Test
    void aTableOfTheSameNameIsNeverAdoptedAndTheInviterIsTold() {
        apply(WEST, List.of(made("other", WEST, 1), new CatalogueEvent.StatusChanged("other", Status.ACTIVE)));
        create("g1", WEST);
        settle();
        assertThat(state(WEST).tables()).containsOnlyKeys("other");
        assertThat(replicas(HOME, "g1")).isEqualTo(Map.of(WEST, Phase.CREATION_FAILED));
    }

    @Test
    void theSameNewsTwiceChangesNothing() {
        create("g1", WEST, EU);
        settle();
        Announcement news = Announcement.of(HOME, "1", state(HOME));
        assertThat(membership(WEST).hear(state(WEST), news, 0)).isEmpty();
    }

    @Test
    void aReplicaThatCouldNotBeMadeCanBeRemoved() {
        apply(WEST, List.of(made("other", WEST, 1), new CatalogueEvent.StatusChanged("other", Status.ACTIVE)));
        create("g1", WEST);
        settle();
        apply(HOME, List.of(new CatalogueEvent.ReplicaChanged("g1", WEST, Phase.DELETING)));
        settle();
        assertThat(replicas(HOME, "g1")).isEmpty();
        assertThat(state(WEST).tables()).containsOnlyKeys("other");
    }

    @Test
    void anInvitationWaitsForATableOfTheSameNameThatIsOnItsWayOut() {
        apply(
                WEST,
                List.of(
                        made("other", WEST, 1),
                        new CatalogueEvent.StatusChanged("other", Status.ACTIVE),
                        new CatalogueEvent.StatusChanged("other", Status.DELETING)));
        create("g1", WEST);
        Announcement news = Announcement.of(HOME, "1", state(HOME));
        assertThat(membership(WEST).hear(state(WEST), news, 0)).isEmpty();
        assertThat(membership(WEST).reception(state(WEST), news)).isEqualTo(new Reception(true, List.of(), List.of()));
        settle();
        assertThat(replicas(HOME, "g1")).isEqualTo(Map.of(WEST, Phase.ACTIVE));
    }

    @Test
    void aRegionThatForgotItsTablesJoinsThemAgain() {
        create("g1", WEST);
        settle();
        states.put(WEST, CatalogueState.EMPTY);
        settle();
        assertThat(state(WEST).tables()).containsOnlyKeys("g1");
        assertThat(replicas(HOME, "g1")).isEqualTo(Map.of(WEST, Phase.ACTIVE));
    }

    @Test
    void staleNewsOfAThirdRegionDoesNotBringBackAReplicaThatHasLeft() {
        create("g1", WEST, EU);
        settle();
        Announcement stale = Announcement.of(EU, "1", state(EU));
        apply(HOME, List.of(new CatalogueEvent.ReplicaChanged("g1", WEST, Phase.DELETING)));
        settle();
        assertThat(membership(HOME).hear(state(HOME), stale, 0)).isEmpty();
        assertThat(replicas(HOME, "g1")).isEqualTo(Map.of(EU, Phase.ACTIVE));
    }

    @Test
    void aReplicaMayComeBack() {
        create("g1", WEST, EU);
        settle();
        apply(HOME, List.of(new CatalogueEvent.ReplicaChanged("g1", WEST, Phase.DELETING)));
        settle();
        apply(EU, List.of(new CatalogueEvent.ReplicaRequested("g1", WEST, Member.Origin.FOUNDING)));
        settle();
        assertThat(replicas(HOME, "g1")).isEqualTo(Map.of(WEST, Phase.ACTIVE, EU, Phase.ACTIVE));
        assertThat(state(WEST).tables()).containsOnlyKeys("g1");
    }

    @Test
    void aRegionThatWasGivenUpFindsItsTableToBeItsOwn() {
        create("g1", WEST, EU);
        settle();
        cutOff.add(EU);
        apply(HOME, List.of(new CatalogueEvent.ReplicaChanged("g1", EU, Phase.DETACHED)));
        TableSettings meanwhile = TableSettings.NONE.with(TableSettings.TIME_TO_LIVE, "expires");
        apply(EU, List.of(new CatalogueEvent.SettingsChanged("g1", meanwhile)));
        settle();
        assertThat(replicas(HOME, "g1")).containsOnlyKeys(WEST);
        assertThat(replicas(WEST, "g1")).containsOnlyKeys(HOME);
        assertThat(replicas(EU, "g1")).as("it has not heard").containsOnlyKeys(HOME, WEST);

        cutOff.clear();
        settle();
        assertThat(state(EU).tables()).doesNotContainKey("g1").hasSize(1);
        TableState own = state(EU).byName(Accounts.USUAL, "orders").orElseThrow();
        assertThat(own.replicas()).isEmpty();
        assertThat(own.number()).as("the rows stay where they are").isEqualTo(1);
        assertThat(state(HOME).tables()).containsOnlyKeys("g1");
        assertThat(state(HOME).byGlobalId("g1").orElseThrow().settings())
                .as("what it set meanwhile does not count")
                .isEqualTo(TableSettings.NONE);
    }

    @Test
    void aRegionThatWasGivenUpJoinsAgainOnceItsOwnTableIsGone() {
        create("g1", WEST, EU);
        settle();
        apply(HOME, List.of(new CatalogueEvent.ReplicaChanged("g1", EU, Phase.DETACHED)));
        settle();
        apply(WEST, List.of(new CatalogueEvent.ReplicaRequested("g1", EU, Member.Origin.FOUNDING)));
        settle();
        assertThat(replicas(WEST, "g1")).containsEntry(EU, Phase.CREATION_FAILED);

        String own = state(EU).byName(Accounts.USUAL, "orders").orElseThrow().globalId();
        apply(WEST, List.of(new CatalogueEvent.ReplicaChanged("g1", EU, Phase.DELETING)));
        apply(EU, List.of(new CatalogueEvent.TableDropped(own)));
        settle();
        apply(WEST, List.of(new CatalogueEvent.ReplicaRequested("g1", EU, Member.Origin.FOUNDING)));
        settle();
        assertThat(replicas(HOME, "g1")).isEqualTo(Map.of(WEST, Phase.ACTIVE, EU, Phase.ACTIVE));
        assertThat(state(EU).byGlobalId("g1").orElseThrow().incarnation()).isGreaterThan(1);
    }

    @Test
    void aDepartureIsRememberedUntilAllHaveHeardOfIt() {
        create("g1", WEST, EU);
        settle();
        cutOff.add(EU);
        apply(HOME, List.of(new CatalogueEvent.ReplicaChanged("g1", WEST, Phase.DELETING)));
        settle();
        assertThat(state(WEST).departed()).containsOnlyKeys("g1");
        assertThat(Membership.heardByAll(state(WEST), state(WEST).revision() - 1))
                .isEmpty();
        assertThat(Membership.heardByAll(state(WEST), state(WEST).revision()))
                .containsExactly(new CatalogueEvent.DepartureForgotten("g1"));
    }

    @Test
    void aChangedTableIsTheSameEverywhereButForWhatIsARegionsOwn() {
        create("g1", WEST, EU);
        settle();
        TableState west = state(WEST).byGlobalId("g1").orElseThrow();
        TableSettings ttl = TableSettings.NONE.with(TableSettings.TIME_TO_LIVE, "expires");
        apply(
                WEST,
                List.of(
                        new CatalogueEvent.TableRedefined(
                                "g1",
                                west.definition().withStreamView("KEYS_ONLY").withTags(Map.of("team", "a"))),
                        new CatalogueEvent.SettingsChanged("g1", ttl.with("policy", "mine"))));
        settle();
        TableState eu = state(EU).byGlobalId("g1").orElseThrow();
        assertThat(eu.definition().streamView()).isEqualTo("KEYS_ONLY");
        assertThat(eu.definition().tags()).isEmpty();
        assertThat(eu.settings()).isEqualTo(ttl);
    }

    @Test
    void changesMadeInTwoRegionsAtOnceComeTogether() {
        create("g1", WEST);
        settle();
        cutOff.add(WEST);
        for (String region : List.of(HOME, WEST)) {
            TableSettings named = TableSettings.NONE.with(TableSettings.TIME_TO_LIVE, region);
            apply(region, List.of(new CatalogueEvent.SettingsChanged("g1", named)));
        }
        cutOff.clear();
        settle();
        assertThat(state(HOME).byGlobalId("g1").orElseThrow().settings())
                .isEqualTo(state(WEST).byGlobalId("g1").orElseThrow().settings());
    }

    @Test
    void aReplicaOfAnotherAccountIsMadeWithWhatItsAccountAskedForByWhateverNewsComes() {
        create("g1");
        TableDefinition own = TableDefinition.fromRequest(
                ("{\"TableName\":\"orders\",\"BillingMode\":\"PAY_PER_REQUEST\",\"AttributeDefinitions\":["
                                + "{\"AttributeName\":\"own\",\"AttributeType\":\"S\"}],\"KeySchema\":["
                                + "{\"AttributeName\":\"own\",\"KeyType\":\"HASH\"}],"
                                + "\"TableClass\":\"STANDARD_INFREQUENT_ACCESS\","
                                + "\"Tags\":[{\"Key\":\"team\",\"Value\":\"two\"}]}")
                        .getBytes(StandardCharsets.UTF_8));
        TableSettings shared = AccountSettings.with(TableSettings.NONE, EU, "222222222222");
        apply(
                HOME,
                List.of(
                        new CatalogueEvent.SettingsChanged("g1", AccountSettings.joining(shared, EU, own, "{}")),
                        new CatalogueEvent.ReplicaRequested("g1", EU, Member.Origin.FOUNDING)));
        settle();
        TableState replica = state(EU).byName("222222222222", "orders").orElseThrow();
        assertThat(replica.definition().tags()).containsEntry("team", "two");
        assertThat(replica.definition().tableClass()).isEqualTo("STANDARD_INFREQUENT_ACCESS");
        assertThat(replica.settings().get(TableSettings.RESOURCE_POLICY)).hasValue("{}");
        TableState source = state(HOME).byGlobalId("g1").orElseThrow();
        assertThat(source.definition().tags()).isEmpty();
        assertThat(source.settings()).as("nothing is left to be asked for").isEqualTo(shared);
        assertThat(replicas(HOME, "g1")).isEqualTo(Map.of(EU, Phase.ACTIVE));
    }

    @Test
    void anAnnouncementSurvivesItsBytes() {
        create("g1", WEST, EU);
        Announcement news = Announcement.of(HOME, "1", state(HOME));
        assertThat(Announcement.decode(news.encode())).isEqualTo(news);
    }

    private void create(String globalId, String... others) {
        apply(HOME, List.of(made(globalId, HOME, state(HOME).lastNumber() + 1)));
        apply(HOME, List.of(new CatalogueEvent.StatusChanged(globalId, Status.ACTIVE)));
        for (String other : others) {
            apply(HOME, List.of(new CatalogueEvent.ReplicaRequested(globalId, other, Member.Origin.FOUNDING)));
        }
    }

    private static CatalogueEvent made(String globalId, String region, int number) {
        TableDefinition definition = TableDefinition.fromRequest(
                ("{\"TableName\":\"orders\",\"BillingMode\":\"PAY_PER_REQUEST\",\"AttributeDefinitions\":["
                                + "{\"AttributeName\":\"pk\",\"AttributeType\":\"S\"}],\"KeySchema\":["
                                + "{\"AttributeName\":\"pk\",\"KeyType\":\"HASH\"}]}")
                        .getBytes(StandardCharsets.UTF_8));
        return new CatalogueEvent.TableCreated(
                globalId, definition, number, "id-" + region, TableArns.of(region, Accounts.USUAL, "orders"), 4, 1_000);
    }

    /** Everybody tells everybody who can be reached; copies end and drops finish; until nothing changes any more. */
    private void settle() {
        for (int round = 0; round < 10; round++) {
            Map<String, CatalogueState> before = Map.copyOf(states);
            for (String from : List.copyOf(states.keySet())) {
                for (String to : List.copyOf(states.keySet())) {
                    if (!from.equals(to) && !cutOff.contains(from) && !cutOff.contains(to)) {
                        Announcement news = Announcement.decode(
                                Announcement.of(from, "1", state(from)).encode());
                        apply(to, membership(to).hear(state(to), news, 1_000));
                        Reception reception = membership(to).reception(state(to), news);
                        apply(from, Membership.answered(state(from), to, reception));
                    }
                }
                finishLocally(from);
            }
            if (before.equals(states)) {
                return;
            }
        }
        throw new AssertionError("the regions never come to rest: " + states);
    }

    private void finishLocally(String region) {
        for (TableState table : List.copyOf(state(region).tables().values())) {
            if (table.status() == Status.CREATING) {
                apply(region, List.of(new CatalogueEvent.StatusChanged(table.globalId(), Status.ACTIVE)));
            } else if (table.status() == Status.DELETING) {
                apply(region, List.of(new CatalogueEvent.TableDropped(table.globalId())));
            }
        }
    }

    private Membership membership(String region) {
        return new Membership(region, () -> region + "-" + ids.merge(region, 1, Integer::sum));
    }

    private void apply(String region, List<CatalogueEvent> events) {
        for (CatalogueEvent event : events) {
            states.put(region, state(region).apply(CatalogueBytes.decode(CatalogueBytes.encode(event))));
        }
    }

    private CatalogueState state(String region) {
        return Objects.requireNonNull(states.get(region));
    }

    private Map<String, Phase> replicas(String region, String globalId) {
        return state(region).byGlobalId(globalId).orElseThrow().replicas();
    }
}

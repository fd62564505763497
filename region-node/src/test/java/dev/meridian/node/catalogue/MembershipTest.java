package dev.meridian.node.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

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
        assertThat(replicas(HOME, "g1")).isEqualTo(Map.of(WEST, Status.ACTIVE, EU, Status.ACTIVE));
        assertThat(replicas(WEST, "g1")).isEqualTo(Map.of(HOME, Status.ACTIVE, EU, Status.ACTIVE));
        assertThat(replicas(EU, "g1")).isEqualTo(Map.of(HOME, Status.ACTIVE, WEST, Status.ACTIVE));
    }

    @Test
    void aReplicaMadeWhileTheLinkIsCutIsFinishedAfterwards() {
        cutOff.add(EU);
        create("g1", WEST, EU);
        settle();
        assertThat(replicas(HOME, "g1")).isEqualTo(Map.of(WEST, Status.ACTIVE, EU, Status.CREATING));
        assertThat(state(EU).tables()).isEmpty();

        cutOff.clear();
        settle();
        assertThat(replicas(HOME, "g1")).isEqualTo(Map.of(WEST, Status.ACTIVE, EU, Status.ACTIVE));
        assertThat(state(EU).tables()).containsOnlyKeys("g1");
    }

    @Test
    void aReplicaIsRemovedAndForgottenByAll() {
        create("g1", WEST, EU);
        settle();
        apply(HOME, List.of(new CatalogueEvent.ReplicaChanged("g1", EU, Status.DELETING)));
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
        apply(HOME, List.of(new CatalogueEvent.ReplicaChanged("g1", WEST, Status.DELETING)));
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
        apply(HOME, List.of(new CatalogueEvent.ReplicaChanged("g1", WEST, Status.DELETING)));
        settle();
        apply(HOME, List.of(new CatalogueEvent.TableDropped("g1")));
        create("g2", WEST);
        settle();
        assertThat(state(WEST).byGlobalId("g2").orElseThrow().number()).isEqualTo(2);
        assertThat(state(HOME).byGlobalId("g2").orElseThrow().number()).isEqualTo(2);
        assertThat(replicas(HOME, "g2")).isEqualTo(Map.of(WEST, Status.ACTIVE));
    }

    @Test
    void aTableOfTheSameNameIsNeverAdopted() {
        apply(WEST, List.of(made("other", WEST, 1), new CatalogueEvent.StatusChanged("other", Status.ACTIVE)));
        create("g1", WEST);
        settle();
        assertThat(state(WEST).tables()).containsOnlyKeys("other");
        assertThat(replicas(HOME, "g1")).isEqualTo(Map.of(WEST, Status.CREATING));
    }

    @Test
    void theSameNewsTwiceChangesNothing() {
        create("g1", WEST, EU);
        settle();
        Announcement news = Announcement.of(HOME, state(HOME));
        assertThat(membership(WEST).hear(state(WEST), news, 0)).isEmpty();
    }

    @Test
    void onlyARegionThatForgotItsTablesJoinsThemAgain() {
        create("g1", WEST);
        settle();
        Announcement news = Announcement.of(HOME, state(HOME));
        assertThat(membership(WEST).hear(CatalogueState.EMPTY, news, 0)).isEmpty();
        assertThat(membership(WEST).recall(CatalogueState.EMPTY, news, 0))
                .first()
                .isInstanceOf(CatalogueEvent.TableCreated.class);
    }

    @Test
    void anAnnouncementSurvivesItsBytes() {
        create("g1", WEST, EU);
        Announcement news = Announcement.of(HOME, state(HOME));
        assertThat(Announcement.decode(news.encode())).isEqualTo(news);
    }

    private void create(String globalId, String... others) {
        apply(HOME, List.of(made(globalId, HOME, state(HOME).lastNumber() + 1)));
        apply(HOME, List.of(new CatalogueEvent.StatusChanged(globalId, Status.ACTIVE)));
        for (String other : others) {
            apply(HOME, List.of(new CatalogueEvent.ReplicaChanged(globalId, other, Status.CREATING)));
        }
    }

    private static CatalogueEvent made(String globalId, String region, int number) {
        TableDefinition definition = TableDefinition.fromRequest(
                ("{\"TableName\":\"orders\",\"BillingMode\":\"PAY_PER_REQUEST\",\"AttributeDefinitions\":["
                                + "{\"AttributeName\":\"pk\",\"AttributeType\":\"S\"}],\"KeySchema\":["
                                + "{\"AttributeName\":\"pk\",\"KeyType\":\"HASH\"}]}")
                        .getBytes(StandardCharsets.UTF_8));
        return new CatalogueEvent.TableCreated(
                globalId, definition, number, "id-" + region, TableArns.of(region, "orders"), 4, 1_000);
    }

    /** Everybody tells everybody who can be reached; copies end and drops finish; until nothing changes any more. */
    private void settle() {
        for (int round = 0; round < 10; round++) {
            Map<String, CatalogueState> before = Map.copyOf(states);
            for (String from : List.copyOf(states.keySet())) {
                for (String to : List.copyOf(states.keySet())) {
                    if (!from.equals(to) && !cutOff.contains(from) && !cutOff.contains(to)) {
                        Announcement news = Announcement.of(from, state(from));
                        apply(to, membership(to).hear(state(to), news, 1_000));
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
            states.put(region, state(region).apply(CatalogueEvent.decode(CatalogueEvent.encode(event))));
        }
    }

    private CatalogueState state(String region) {
        return Objects.requireNonNull(states.get(region));
    }

    private Map<String, Status> replicas(String region, String globalId) {
        return state(region).byGlobalId(globalId).orElseThrow().replicas();
    }
}

package dev.meridian.node.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.meridian.node.account.Accounts;
import dev.meridian.node.catalogue.Member.Phase;
import dev.meridian.node.catalogue.TableState.Status;
import dev.meridian.table.definition.TableDefinition;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Regions invite and remove each other at random while announcements come late, doubled, out of order or never. */
class MembershipSimulationTest {

    private static final List<String> REGIONS = List.of("ap-south-1", "eu-west-1", "us-east-1", "us-west-2");

    private final Map<String, CatalogueState> states = new TreeMap<>();
    private final List<Map.Entry<String, Announcement>> inFlight = new ArrayList<>();
    private final Map<String, Integer> ids = new HashMap<>();

    static List<Integer> seeds() {
        return java.util.stream.IntStream.rangeClosed(1, 200).boxed().toList();
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void everyRegionEndsWithTheSamePictureOfTheMembers(int seed) {
        Random random = new Random(seed);
        REGIONS.forEach(region -> states.put(region, CatalogueState.EMPTY));
        String home = REGIONS.get(random.nextInt(REGIONS.size()));
        apply(home, List.of(made(home), new CatalogueEvent.StatusChanged("g1", Status.ACTIVE)));
        for (int step = 0; step < 150; step++) {
            step(random, REGIONS.get(random.nextInt(REGIONS.size())), REGIONS.get(random.nextInt(REGIONS.size())));
        }
        settle();
        assertThatAllAgree(seed);
    }

    private void step(Random random, String region, String other) {
        TableState table = state(region).tables().get("g1");
        boolean isOther = !region.equals(other);
        switch (random.nextInt(9)) {
            case 0 -> {
                boolean isHeld = table != null && table.status() == Status.ACTIVE;
                if (isHeld && isOther && !replicas(region).containsKey(other)) {
                    apply(region, List.of(new CatalogueEvent.ReplicaRequested("g1", other, Member.Origin.FOUNDING)));
                }
            }
            case 1 -> {
                if (replicas(region).get(other) == Phase.ACTIVE && random.nextInt(3) == 0) {
                    apply(region, List.of(new CatalogueEvent.ReplicaChanged("g1", other, Phase.DELETING)));
                }
            }
            case 8 -> {
                if (replicas(region).get(other) == Phase.ACTIVE && random.nextInt(4) == 0) {
                    apply(region, List.of(new CatalogueEvent.ReplicaChanged("g1", other, Phase.DETACHED)));
                }
            }
            case 2 -> finishLocally(region);
            case 3, 4 -> {
                if (isOther) {
                    inFlight.add(Map.entry(other, Announcement.of(region, "1", state(region))));
                }
            }
            default -> {
                if (!inFlight.isEmpty()) {
                    Map.Entry<String, Announcement> one = inFlight.get(random.nextInt(inFlight.size()));
                    if (random.nextInt(3) > 0) {
                        inFlight.remove(one);
                    }
                    apply(one.getKey(), membership(one.getKey()).hear(state(one.getKey()), one.getValue(), 1_000));
                }
            }
        }
    }

    private void settle() {
        for (int round = 0; round < 20; round++) {
            Map<String, CatalogueState> before = Map.copyOf(states);
            for (String from : REGIONS) {
                for (String to : REGIONS) {
                    if (!from.equals(to)) {
                        Announcement news = Announcement.of(from, "1", state(from));
                        apply(to, membership(to).hear(state(to), news, 1_000));
                        apply(
                                from,
                                Membership.answered(
                                        state(from), to, membership(to).reception(state(to), news)));
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

    private void assertThatAllAgree(int seed) {
        Set<String> holders = new TreeSet<>();
        states.forEach((region, state) -> {
            if (state.tables().containsKey("g1")) {
                holders.add(region);
            }
        });
        for (String region : holders) {
            TableState table = state(region).byGlobalId("g1").orElseThrow();
            Map<String, Phase> others = new TreeMap<>();
            holders.stream().filter(other -> !other.equals(region)).forEach(other -> others.put(other, Phase.ACTIVE));
            assertThat(new TreeMap<>(table.replicas()))
                    .as("replicas as %s sees them, seed %d", region, seed)
                    .isEqualTo(others);
            assertThat(table.status()).isEqualTo(Status.ACTIVE);
        }
    }

    private void finishLocally(String region) {
        TableState table = state(region).tables().get("g1");
        if (table != null && table.status() == Status.CREATING) {
            apply(region, List.of(new CatalogueEvent.StatusChanged("g1", Status.ACTIVE)));
        } else if (table != null && table.status() == Status.DELETING) {
            apply(region, List.of(new CatalogueEvent.TableDropped("g1")));
        }
    }

    private static CatalogueEvent made(String region) {
        TableDefinition definition = TableDefinition.fromRequest(
                ("{\"TableName\":\"orders\",\"BillingMode\":\"PAY_PER_REQUEST\",\"AttributeDefinitions\":["
                                + "{\"AttributeName\":\"pk\",\"AttributeType\":\"S\"}],\"KeySchema\":["
                                + "{\"AttributeName\":\"pk\",\"KeyType\":\"HASH\"}]}")
                        .getBytes(StandardCharsets.UTF_8));
        return new CatalogueEvent.TableCreated(
                "g1", definition, 1, "id-" + region, TableArns.of(region, Accounts.USUAL, "orders"), 4, 1_000);
    }

    private Membership membership(String region) {
        return new Membership(region, () -> region + "-" + ids.merge(region, 1, Integer::sum));
    }

    private void apply(String region, List<CatalogueEvent> events) {
        for (CatalogueEvent event : events) {
            states.put(region, state(region).apply(event));
            if (event instanceof CatalogueEvent.TableDetached detached) {
                // Its owner has no use for it.
                states.put(region, state(region).apply(new CatalogueEvent.TableDropped(detached.newId())));
            }
        }
    }

    private Map<String, Phase> replicas(String region) {
        return state(region).byGlobalId("g1").map(TableState::replicas).orElse(Map.of());
    }

    private CatalogueState state(String region) {
        return Objects.requireNonNull(states.get(region));
    }
}

package dev.meridian.node.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.meridian.node.catalogue.AccountSettings;
import dev.meridian.node.catalogue.CatalogueEvent;
import dev.meridian.node.catalogue.CatalogueState;
import dev.meridian.node.catalogue.Member;
import dev.meridian.node.catalogue.TableArns;
import dev.meridian.node.catalogue.TableSettings;
import dev.meridian.node.catalogue.TableState;
import dev.meridian.table.definition.TableDefinition;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class DeniedReplicasTest {

    private static final String HOME = "us-east-1";
    private static final String EU = "eu-west-1";
    private static final String ONE = "111111111111";
    private static final String TWO = "222222222222";

    @Test
    void aReplicaIsGivenUpOnceItHasBeenDeniedForSoLong() {
        CatalogueState state = shared(AccountSettings.denied(settings(TWO), EU, 5_000));
        assertThat(DeniedReplicas.decide(state, 4_999)).isEmpty();
        assertThat(DeniedReplicas.decide(state, 5_000))
                .containsExactly(new CatalogueEvent.ReplicaChanged("g1", EU, Member.Phase.DETACHED));
    }

    @Test
    void onesOwnReplicaIsLeftToTheOthersToGiveUp() {
        assertThat(DeniedReplicas.decide(shared(AccountSettings.denied(settings(TWO), HOME, 1)), 9_000))
                .isEmpty();
    }

    @Test
    void whatIsAllowedAgainBeginsAnew() {
        TableSettings denied = AccountSettings.denied(settings(TWO), EU, 1_000);
        assertThat(AccountSettings.denied(denied, EU, 2_000))
                .as("the first time counts")
                .isEqualTo(denied);
        TableSettings again = AccountSettings.denied(AccountSettings.authorized(denied, EU), EU, 3_000);
        assertThat(AccountSettings.deniedSince(again, EU)).hasValue(3_000L);
    }

    @Test
    void amongReplicasOfOneAccountPoliciesSayNothing() {
        assertThat(DeniedReplicas.decide(shared(AccountSettings.denied(settings(ONE), EU, 1)), 9_000))
                .isEmpty();
    }

    private static TableSettings settings(String accountInEurope) {
        return AccountSettings.with(AccountSettings.foundedBy(TableSettings.NONE, ONE), EU, accountInEurope);
    }

    private static CatalogueState shared(TableSettings settings) {
        TableDefinition definition = TableDefinition.fromRequest(
                ("{\"TableName\":\"orders\",\"BillingMode\":\"PAY_PER_REQUEST\",\"AttributeDefinitions\":["
                                + "{\"AttributeName\":\"pk\",\"AttributeType\":\"S\"}],\"KeySchema\":["
                                + "{\"AttributeName\":\"pk\",\"KeyType\":\"HASH\"}]}")
                        .getBytes(StandardCharsets.UTF_8));
        List<CatalogueEvent> events = List.of(
                new CatalogueEvent.TableCreated("g1", definition, 1, "id", TableArns.of(HOME, ONE, "orders"), 4, 1_000),
                new CatalogueEvent.SettingsChanged("g1", settings),
                new CatalogueEvent.StatusChanged("g1", TableState.Status.ACTIVE),
                new CatalogueEvent.ReplicaRequested("g1", EU, Member.Origin.FOUNDING),
                new CatalogueEvent.ReplicaChanged("g1", EU, Member.Phase.ACTIVE));
        CatalogueState state = CatalogueState.EMPTY;
        for (CatalogueEvent event : events) {
            state = state.apply(event);
        }
        return state;
    }
}

package dev.meridian.chaos.conformance;

import static dev.meridian.chaos.story.Regions.EU;
import static dev.meridian.chaos.story.Regions.US;
import static dev.meridian.chaos.story.StrongTable.await;
import static dev.meridian.chaos.story.StrongTable.create;
import static dev.meridian.chaos.story.StrongTable.cutOff;
import static dev.meridian.chaos.story.StrongTable.delete;
import static dev.meridian.chaos.story.StrongTable.describe;
import static org.assertj.core.api.Assertions.assertThat;

import dev.meridian.chaos.story.Regions;
import dev.meridian.chaos.story.StrongTable;
import dev.meridian.node.settings.ServiceSettings;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ReplicationGroupUpdate;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;

/** The statuses of a replica whose region cannot be reached when it is asked for, or asked to go. */
class ReplicaStatusRulesTest extends MendedRegions {

    ReplicaStatusRulesTest() {
        super(Regions.withService(ServiceSettings.defaults()));
    }

    @Test
    @Rule(19)
    void aReplicaAskedForWhileCutOffIsMadeOnceTheRegionCanBeReached() {
        StrongTable.regional(regions, "late", request -> {});
        regions.put(US, "late", "1", "x");
        cutOff(regions, EU);
        update("late", create(EU));
        assertThat(status("late")).isEqualTo("CREATING");
        regions.control("POST", "heal", "{}");
        await(() -> status("late").equals("ACTIVE"));
        assertThat(regions.get(EU, "late", "1")).isEqualTo("x");

        cutOff(regions, EU);
        update("late", delete(EU));
        assertThat(status("late")).isEqualTo("DELETING");
        assertThat(regions.client(EU).listTables().tableNames()).contains("late");
        regions.control("POST", "heal", "{}");
        await(() -> status("late").isEmpty());
        assertThat(regions.client(EU).listTables().tableNames()).doesNotContain("late");
    }

    @Test
    @Rule({6, 19})
    void aReplicaFailsWhereAnotherTableOfThatNameIsFound() {
        StrongTable.regional(regions, "taken", request -> {});
        cutOff(regions, EU);
        regions.client(EU)
                .createTable(request -> request.tableName("taken")
                        .billingMode(BillingMode.PAY_PER_REQUEST)
                        .attributeDefinitions(
                                attribute -> attribute.attributeName("id").attributeType(ScalarAttributeType.S))
                        .keySchema(key -> key.attributeName("id").keyType(KeyType.HASH)));
        update("taken", create(EU));
        regions.control("POST", "heal", "{}");
        await(() -> status("taken").equals("CREATION_FAILED"));
        assertThat(describe(regions, US, "taken").tableStatusAsString()).isEqualTo("ACTIVE");
        assertThat(describe(regions, EU, "taken").hasReplicas()).isFalse();
    }

    private void update(String table, ReplicationGroupUpdate change) {
        await(() -> describe(regions, US, table).tableStatusAsString().equals("ACTIVE"));
        regions.client(US).updateTable(request -> request.tableName(table).replicaUpdates(change));
    }

    /** Of the European replica as Virginia sees it; empty where there is none. */
    private String status(String table) {
        return describe(regions, US, table).replicas().stream()
                .map(replica -> replica.replicaStatusAsString())
                .findFirst()
                .orElse("");
    }
}

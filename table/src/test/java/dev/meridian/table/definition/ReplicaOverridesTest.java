package dev.meridian.table.definition;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReplicaOverridesTest {

    private static final ReplicaOverrides OWN = new ReplicaOverrides(
            "STANDARD_INFREQUENT_ACCESS", new ReadOverride(100, 0), Map.of("by-v", new ReadOverride(50, 0)));

    private static TableDefinition table(int reads, int writes, int indexReads, String tableClass) {
        return TableDefinition.fromRequest(
                ("""
                {"TableName":"orders","AttributeDefinitions":[{"AttributeName":"id","AttributeType":"S"},
                {"AttributeName":"v","AttributeType":"S"}],"KeySchema":[{"AttributeName":"id","KeyType":"HASH"}],
                "ProvisionedThroughput":{"ReadCapacityUnits":%d,"WriteCapacityUnits":%d},"TableClass":"%s",
                "GlobalSecondaryIndexes":[{"IndexName":"by-v","KeySchema":[{"AttributeName":"v","KeyType":"HASH"}],
                "Projection":{"ProjectionType":"ALL"},
                "ProvisionedThroughput":{"ReadCapacityUnits":%d,"WriteCapacityUnits":7}}]}""".formatted(reads, writes, tableClass, indexReads)).getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void countInPlaceOfWhatAllShare() {
        TableDefinition here = table(200, 20, 80, "STANDARD").overriddenBy(OWN);
        assertThat(here.tableClass()).isEqualTo("STANDARD_INFREQUENT_ACCESS");
        assertThat(here.capacity().provisioned()).isEqualTo(new Throughput(100, 20));
        assertThat(here.index("by-v").orElseThrow().capacity().provisioned()).isEqualTo(new Throughput(50, 7));
        assertThat(table(200, 20, 80, "STANDARD").overriddenBy(ReplicaOverrides.NONE))
                .isEqualTo(table(200, 20, 80, "STANDARD"));
    }

    @Test
    void aBoundCanBeTakenAwayInOneReplica() {
        CapacityDefinition bounded = new CapacityDefinition(Throughput.NONE, new Throughput(10, 5), Throughput.NONE);
        assertThat(bounded.reading(new ReadOverride(0, -1)).maximum()).isEqualTo(new Throughput(0, 5));
        assertThat(bounded.reading(new ReadOverride(0, 3)).maximum()).isEqualTo(new Throughput(3, 5));
    }

    @Test
    void theLaterOnesCountAndTheOthersStay() {
        ReplicaOverrides later = new ReplicaOverrides("", new ReadOverride(300, 0), Map.of());
        assertThat(later.over(OWN))
                .isEqualTo(new ReplicaOverrides(OWN.tableClass(), new ReadOverride(300, 0), OWN.indexes()));
    }

    @Test
    void whatIsChangedForAllIsChangedForEach() {
        TableDefinition before = table(200, 20, 80, "STANDARD");
        assertThat(OWN.after(before, table(200, 30, 80, "STANDARD"))).isEqualTo(OWN);
        assertThat(OWN.after(before, table(300, 20, 80, "STANDARD")))
                .isEqualTo(new ReplicaOverrides(OWN.tableClass(), ReadOverride.NONE, OWN.indexes()));
        assertThat(OWN.after(before, table(200, 20, 90, "STANDARD")))
                .isEqualTo(new ReplicaOverrides(OWN.tableClass(), OWN.reads(), Map.of()));
        assertThat(OWN.after(before, table(200, 20, 80, "STANDARD_INFREQUENT_ACCESS")))
                .isEqualTo(new ReplicaOverrides("", OWN.reads(), OWN.indexes()));
    }
}

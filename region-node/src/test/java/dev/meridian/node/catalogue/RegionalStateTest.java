package dev.meridian.node.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.meridian.node.catalogue.IndexState.Phase;
import dev.meridian.table.definition.TableDefinition;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class RegionalStateTest {

    private static TableDefinition table(String indexKey, String projection) {
        return TableDefinition.fromRequest(
                ("{'TableName':'table','BillingMode':'PAY_PER_REQUEST','AttributeDefinitions':["
                                + "{'AttributeName':'id','AttributeType':'S'},{'AttributeName':'" + indexKey
                                + "','AttributeType':'S'}],'KeySchema':[{'AttributeName':'id','KeyType':'HASH'}],"
                                + "'GlobalSecondaryIndexes':[{'IndexName':'index','KeySchema':[{'AttributeName':'"
                                + indexKey
                                + "','KeyType':'HASH'}],'Projection':{'ProjectionType':'" + projection + "'}}]}")
                        .replace('\'', '"')
                        .getBytes(StandardCharsets.UTF_8));
    }

    private static Phase phase(RegionalState state) {
        return Objects.requireNonNull(state.indexes().get("index")).phase();
    }

    @Test
    void anotherIndexUnderTheSameNameIsMadeAfresh() {
        RegionalState first = RegionalState.of(table("owner", "ALL"));
        RegionalState heard = first.following(table("colour", "ALL"));
        assertThat(phase(heard)).as("its rows go").isEqualTo(Phase.LEAVING);
        RegionalState removed = heard.removed("index").following(table("colour", "ALL"));
        assertThat(phase(removed)).isEqualTo(Phase.BACKFILLING);
        assertThat(phase(first.following(table("owner", "KEYS_ONLY")))).isEqualTo(Phase.LEAVING);
    }

    @Test
    void theSameIndexStays() {
        RegionalState first = RegionalState.of(table("owner", "ALL"));
        assertThat(first.following(table("owner", "ALL"))).isEqualTo(first);
    }
}

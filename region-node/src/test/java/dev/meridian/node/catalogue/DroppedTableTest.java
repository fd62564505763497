package dev.meridian.node.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.meridian.table.definition.TableDefinition;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** What stays of a table that is gone. */
class DroppedTableTest {

    private static final String ID = "0f7c";

    private static final TableDefinition DEFINITION =
            TableDefinition.fromRequest(("{'TableName':'table','BillingMode':'PAY_PER_REQUEST','AttributeDefinitions':["
                            + "{'AttributeName':'id','AttributeType':'S'}],"
                            + "'KeySchema':[{'AttributeName':'id','KeyType':'HASH'}]}")
                    .replace('\'', '"')
                    .getBytes(StandardCharsets.UTF_8));

    /** After events that have been to the journal and back. */
    private static CatalogueState after(CatalogueEvent... events) {
        CatalogueState state = CatalogueState.EMPTY;
        for (CatalogueEvent event : events) {
            state = state.apply(CatalogueBytes.decode(CatalogueBytes.encode(event)));
        }
        return state;
    }

    private static CatalogueEvent created(int number) {
        return new CatalogueEvent.TableCreated(
                ID, DEFINITION, number, "id-" + number, "arn:aws:dynamodb:us-east-1:000000000000:table/table", 1, 0);
    }

    @Test
    void itsStreamStaysUntilItIsForgotten() {
        CatalogueEvent[] history = {
            created(1),
            new CatalogueEvent.StreamStarted(ID, "NEW_IMAGE", 10),
            new CatalogueEvent.StreamEnded(ID, 20),
            new CatalogueEvent.TableDropped(ID),
            created(2),
            new CatalogueEvent.StreamStarted(ID, "KEYS_ONLY", 30)
        };
        CatalogueState state = after(history);
        assertThat(state.withStreams()).extracting(TableState::number).containsExactly(2, 1);
        assertThat(state.apply(new CatalogueEvent.TableForgotten(ID, 1)).withStreams())
                .extracting(TableState::number)
                .containsExactly(2);
    }

    @Test
    void nothingStaysOfATableWithoutStreams() {
        CatalogueState state = after(created(1), new CatalogueEvent.TableDropped(ID));
        assertThat(state.withStreams()).isEmpty();
        assertThat(state.streaming()).isEmpty();
    }
}

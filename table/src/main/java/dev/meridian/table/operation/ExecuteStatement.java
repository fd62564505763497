package dev.meridian.table.operation;

import dev.meridian.table.capacity.WriteCost;
import dev.meridian.table.definition.TableLookup;
import dev.meridian.table.definition.TableSchema;
import dev.meridian.table.model.ServiceException;
import dev.meridian.table.model.Struct;
import dev.meridian.table.partiql.Statement;
import dev.meridian.table.partiql.StatementParser;
import dev.meridian.table.value.AttributeValue;
import dev.meridian.table.value.Item;
import java.util.List;

/** ExecuteStatement: one PartiQL statement, which comes down to a query, a scan or the write of an item. */
final class ExecuteStatement {

    private ExecuteStatement() {}

    static Plan plan(Struct request, TableLookup tables) {
        Statement statement = parse(request);
        if (statement instanceof Statement.Select select) {
            return SelectRead.plan(request, select, tables);
        }
        refuseExists(statement);
        refuseUnsupported(statement);
        return new Write(request, StatementWrite.of(statement, tables, returnsImage(request)));
    }

    /** The statement of a request, or of one of the statements in a request. */
    @SuppressWarnings("unchecked")
    static Statement parse(Struct request) {
        List<AttributeValue> parameters = (List<AttributeValue>) request.get("Parameters");
        return StatementParser.parse(request.requiredText("Statement"), parameters == null ? List.of() : parameters);
    }

    static void refuseExists(Statement statement) {
        if (statement instanceof Statement.Exists) {
            throw ServiceException.validation("EXISTS can only be used in ExecuteTransaction write requests.");
        }
    }

    static void refuseUnsupported(Statement statement) {
        if (statement instanceof Statement.Unsupported unsupported) {
            throw ServiceException.validation("Unsupported operation: " + unsupported.kind());
        }
    }

    static boolean returnsImage(Struct request) {
        return "ALL_OLD".equals(request.text("ReturnValuesOnConditionCheckFailure"));
    }

    private record Write(Struct request, StatementWrite statement) implements Plan.Write {

        @Override
        public TableSchema table() {
            return statement.table();
        }

        @Override
        public ItemWrite write() {
            return statement.write();
        }

        @Override
        public byte[] reply(Images images, Plan.Readers readers) {
            Item returned = statement.returned(images);
            return Answer.of(json -> {
                Answer.items(json, "Items", returned == null ? List.of() : List.of(returned));
                if (Capacity.isAskedFor(request)) {
                    Capacity.write(
                            json, request, statement.name(), WriteCost.of(table(), images.before(), images.after()));
                }
            });
        }
    }
}

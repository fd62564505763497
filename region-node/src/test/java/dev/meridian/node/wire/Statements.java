package dev.meridian.node.wire;

import static dev.meridian.node.wire.WireTarget.answer;
import static dev.meridian.node.wire.WireTarget.createTable;
import static dev.meridian.node.wire.WireTarget.put;
import static dev.meridian.node.wire.WireTarget.refusesAsInvalid;
import static dev.meridian.node.wire.WireTarget.sdk;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ExecuteStatementResponse;

/** Statements for tests: in them {@code $t} is a table with items to read and {@code $w} one that is written. */
final class Statements {

    static final String MALFORMED = "Statement wasn't well formed, can't be processed: ";
    static String read = "";
    static String written = "";

    static synchronized void makeTables() {
        if (!written.isEmpty()) {
            return;
        }
        written = WireTarget.table("id:S");
        read = WireTarget.freshName();
        answer(
                "CreateTable",
                createTable(
                        read,
                        (",'GlobalSecondaryIndexes':[{'IndexName':'by-city','KeySchema':["
                                        + "{'AttributeName':'city','KeyType':'HASH'},"
                                        + "{'AttributeName':'sk','KeyType':'RANGE'}],"
                                        + "'Projection':{'ProjectionType':'KEYS_ONLY'}}],"
                                        + "'LocalSecondaryIndexes':[{'IndexName':'by-rank','KeySchema':["
                                        + "{'AttributeName':'pk','KeyType':'HASH'},"
                                        + "{'AttributeName':'rank','KeyType':'RANGE'}],"
                                        + "'Projection':{'ProjectionType':'KEYS_ONLY'}}]")
                                .replace('\'', '"'),
                        "pk:S",
                        "sk:N",
                        "city:S",
                        "rank:S"));
        sdk().waiter().waitUntilTableExists(describe -> describe.tableName(read));
        for (int i = 1; i <= 4; i++) {
            put(
                    read,
                    "{'pk':{'S':'a'},'sk':{'N':'" + i + "'},'city':{'S':'Oslo'},'rank':{'S':'r" + (9 - i)
                            + "'},'v':{'S':'v" + i + "'},'m':{'M':{'x':{'N':'" + i
                            + "'},'y':{'L':[{'S':'p'},{'S':'q'}]}}},'s':{'SS':['e','f" + i + "']},'n':{'NULL':true}}");
        }
        put(read, "{'pk':{'S':'b'},'sk':{'N':'1'},'v':{'S':'b1'}}");
    }

    static String text(String statement) {
        return statement.replace("$t", "\"" + read + "\"").replace("$w", "\"" + written + "\"");
    }

    static String json(String statement) {
        return "{\"Statement\":\"" + text(statement).replace("\"", "\\\"") + "\"}";
    }

    static ExecuteStatementResponse run(String statement, AttributeValue... parameters) {
        return sdk().executeStatement(request -> {
            request.statement(text(statement));
            if (parameters.length > 0) {
                request.parameters(parameters);
            }
        });
    }

    /** The values of {@code v} that a statement selects. */
    static List<String> selected(String statement, AttributeValue... parameters) {
        return values(run(statement, parameters));
    }

    static List<String> values(ExecuteStatementResponse response) {
        List<String> values = new ArrayList<>();
        response.items().forEach(item -> {
            AttributeValue value = item.get("v");
            values.add(value == null ? "" : value.s());
        });
        return values;
    }

    static Map<String, AttributeValue> item(String id) {
        return sdk().getItem(get -> get.tableName(written).key(Map.of("id", AttributeValue.fromS(id))))
                .item();
    }

    static void refusesStatement(String statement, String text) {
        refusesAsInvalid("ExecuteStatement", json(statement), text);
    }

    private Statements() {}
}

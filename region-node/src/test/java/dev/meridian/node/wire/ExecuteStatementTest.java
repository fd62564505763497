package dev.meridian.node.wire;

import static dev.meridian.node.wire.WireTarget.answer;
import static dev.meridian.node.wire.WireTarget.createTable;
import static dev.meridian.node.wire.WireTarget.put;
import static dev.meridian.node.wire.WireTarget.refuses;
import static dev.meridian.node.wire.WireTarget.refusesAsInvalid;
import static dev.meridian.node.wire.WireTarget.sdk;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.DuplicateItemException;
import software.amazon.awssdk.services.dynamodb.model.ExecuteStatementResponse;

/** ExecuteStatement. In statements here, {@code $t} is the table with items to read and {@code $w} the one that is written. */
class ExecuteStatementTest {

    private static final String MALFORMED = "Statement wasn't well formed, can't be processed: ";
    private static String read = "";
    private static String written = "";

    @BeforeAll
    static void makeTables() {
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

    private static String text(String statement) {
        return statement.replace("$t", "\"" + read + "\"").replace("$w", "\"" + written + "\"");
    }

    private static String json(String statement) {
        return "{\"Statement\":\"" + text(statement).replace("\"", "\\\"") + "\"}";
    }

    private static ExecuteStatementResponse run(String statement, AttributeValue... parameters) {
        return sdk().executeStatement(request -> {
            request.statement(text(statement));
            if (parameters.length > 0) {
                request.parameters(parameters);
            }
        });
    }

    /** The values of {@code v} that a statement selects. */
    private static List<String> selected(String statement, AttributeValue... parameters) {
        return values(run(statement, parameters));
    }

    private static List<String> values(ExecuteStatementResponse response) {
        List<String> values = new ArrayList<>();
        response.items().forEach(item -> {
            AttributeValue value = item.get("v");
            values.add(value == null ? "" : value.s());
        });
        return values;
    }

    private static Map<String, AttributeValue> item(String id) {
        return sdk().getItem(get -> get.tableName(written).key(Map.of("id", AttributeValue.fromS(id))))
                .item();
    }

    private static void refusesStatement(String statement, String text) {
        refusesAsInvalid("ExecuteStatement", json(statement), text);
    }

    @Nested
    class Grammar {

        @Test
        void saysWhatItStumbledOver() {
            refusesStatement("SLECT * FROM $t", MALFORMED + "Expected data manipulation");
            refusesStatement("SELECT * FROM $t WHERE", MALFORMED + "Unexpected term");
            refusesStatement("SELECT * FROM $t WHERE pk = 'a' foo", MALFORMED + "Unexpected token after expression");
            refusesStatement("DELETE FROM", MALFORMED + "Expected identifier for simple path");
            refusesStatement(
                    "SELECT * FROM $t WHERE pk = 'a' AND",
                    MALFORMED + "Missing right-hand side expression of infix operator");
            refusesStatement("SELECT * FROM $t WHERE pk = 'a", MALFORMED);
            refusesStatement("SELECT * FROM $t WHERE sk = 1e2147483648", MALFORMED);
            refusesStatement("SELECT * FROM $t WHERE a = " + "[".repeat(3_000), MALFORMED);
        }

        @Test
        void refusesWhatPartiqlHasAndTheServiceHasNot() {
            refusesStatement("SELECT DISTINCT v FROM $t", "Unsupported token in expression: DISTINCT");
            refusesStatement("SELECT v FROM $t GROUP BY v", "Unsupported clause: GROUP BY");
            refusesStatement("SELECT VALUE v FROM $t", "Select projection doesn't support value or pivot keywords");
            refusesStatement("SELECT * FROM $t, $w", "Only select from a single table or index is supported.");
            refusesStatement("SELECT * FROM $t x", "Aliasing is not supported");
            refusesStatement("SELECT v AS w FROM $t", "Aliasing is not supported");
            refusesStatement("SELECT v, v FROM $t", "Duplicate identifiers in select clause: v");
            refusesStatement("SELECT m.* FROM $t", "Changing item's hierarchy while reading isn't supported");
            refusesStatement("DROP TABLE $t", "Unsupported operation: DropTable");
            refusesStatement("x IS STRING", "Unsupported operation: IsType");
            refusesStatement(
                    "EXISTS(SELECT * FROM $t WHERE pk='a')",
                    "EXISTS can only be used in ExecuteTransaction write requests.");
        }

        @Test
        void saysWhereInTheText() {
            refusesAsInvalid(
                    "ExecuteStatement",
                    "{\"Statement\":\"SELECT v FROM ttt LIMIT 1\"}",
                    "Unsupported clause: LIMIT at 1:25:1");
            refusesAsInvalid(
                    "ExecuteStatement",
                    "{\"Statement\":\"SELECT size(v) FROM ttt\"}",
                    "Unexpected path component at 1:8:4");
            refusesAsInvalid(
                    "ExecuteStatement",
                    "{\"Statement\":\"INSERT INTO hhh VALUE {'id':'3','s':<<>>}\"}",
                    "Empty bags are not supported at 1:37:2");
        }

        @Test
        void checksConditions() {
            refusesStatement(
                    "SELECT * FROM $t WHERE v", "WHERE clause must contain an expression that resolves to a boolean");
            refusesStatement("SELECT * FROM $t WHERE pk='a' AND v", "The arguments to AND/OR must be Expressions");
            refusesStatement("SELECT * FROM $t WHERE foo(v)", "Unrecognized function: foo");
            refusesStatement(
                    "SELECT * FROM $t WHERE v = 'x' AND MISSING", "MISSING must be compared using IS operator");
            refusesAsInvalid(
                    "ExecuteStatement",
                    "{\"Statement\":\"SELECT a FROM hhh WHERE a IS INT\"}",
                    "Unsupported data type for IS operator: INTEGER. Supported data types are [MISSING, NULL, BOOLEAN, BLOB, "
                            + "STRING, NUMERIC, STRUCT, TUPLE, LIST] at 1:27:2");
            refusesStatement("SELECT * FROM $t WHERE v = MISSING", "MISSING must be compared using IS operator");
            refusesStatement(
                    "SELECT * FROM $t WHERE v LIKE 'v%'",
                    "Unsupported operator in Condition Expression. Operator: like");
            refusesStatement(
                    "SELECT * FROM $t WHERE sk + 1 = 2", "Unsupported operator in Condition Expression. Operator: +");
            refusesStatement(
                    "SELECT * FROM $t WHERE v IN []",
                    "IN operator must have a left hand argument of type Variable Reference and right hand argument of "
                            + "type Seq with at least one member");
            refusesStatement(
                    "SELECT * FROM $t WHERE pk='a' AND v < true",
                    "Incorrect operand type for operator or function; operator or function: <, operand type: BOOL");
            refusesStatement(
                    "SELECT * FROM $t WHERE v = 1e126",
                    "Number overflow. Attempting to store a number with magnitude larger than supported range under root");
            refusesStatement(
                    "SELECT * FROM $t WHERE pk=?", "Number of parameters in request and statement don't match.");
        }
    }

    @Nested
    class Select {

        @Test
        void byPrimaryKey() {
            ExecuteStatementResponse one = run("SELECT * FROM $t WHERE pk='a' AND sk=2");
            assertThat(one.items()).hasSize(1);
            assertThat(one.items().get(0)).containsEntry("v", AttributeValue.fromS("v2"));
            assertThat(run("SELECT * FROM $t WHERE pk='none' AND sk=2").items()).isEmpty();
        }

        @Test
        void byParameters() {
            assertThat(selected(
                            "SELECT v FROM $t WHERE pk=? AND sk BETWEEN ? AND ?",
                            AttributeValue.fromS("a"),
                            AttributeValue.fromN("2"),
                            AttributeValue.fromN("3")))
                    .containsExactly("v2", "v3");
        }

        @Test
        void byPartitionKeyAndBoundsOnTheSortKey() {
            assertThat(selected("SELECT v FROM $t WHERE pk='a' AND sk > 1 AND sk < 4"))
                    .containsExactly("v2", "v3");
            assertThat(selected("SELECT v FROM $t WHERE pk='a' AND sk >= 3")).containsExactly("v3", "v4");
            assertThat(selected("SELECT v FROM $t WHERE 'a'=pk AND sk <> 2")).containsExactly("v1", "v3", "v4");
            assertThat(selected("SELECT v FROM $t WHERE pk='a' AND sk=1 AND sk=2"))
                    .isEmpty();
            assertThat(selected("SELECT v FROM $t WHERE pk='a' AND pk='b'")).isEmpty();
        }

        @Test
        void bySeveralKeys() {
            assertThat(selected("SELECT v FROM $t WHERE pk IN ['b','a'] AND sk=1"))
                    .containsExactly("v1", "b1");
            assertThat(selected("SELECT v FROM $t WHERE pk='a' AND sk IN (3,1)"))
                    .containsExactly("v1", "v3");
            assertThat(selected("SELECT v FROM $t WHERE pk='a' AND (sk = 1 OR sk > 3)"))
                    .containsExactly("v1", "v4");
            assertThat(selected("SELECT v FROM $t WHERE pk='a' AND sk=4 OR pk='b'"))
                    .containsExactly("v4", "b1");
            assertThat(selected("SELECT v FROM $t WHERE pk='a' AND sk=1 OR pk='a' AND NOT sk=3"))
                    .containsExactly("v1", "v2", "v4");
        }

        @Test
        void refusesAlternativesThatOverlap() {
            String text = "Overlapping conditions with range keys are not supported in where clause";
            refusesStatement("SELECT * FROM $t WHERE pk IN ['a','a']", text);
            refusesStatement("SELECT * FROM $t WHERE pk='a' AND v='1' OR pk='a' AND sk=2", text);
            refusesStatement("SELECT * FROM $t WHERE pk='a' AND (sk > 0 OR sk < 5)", text);
        }

        @Test
        void byAnythingElse() {
            assertThat(selected("SELECT v FROM $t WHERE v='v3'")).containsExactly("v3");
            assertThat(selected("SELECT v FROM $t WHERE pk > 'a'")).containsExactly("b1");
            assertThat(selected("SELECT v FROM $t WHERE pk='b' OR v='v2'")).containsExactlyInAnyOrder("b1", "v2");
            assertThat(selected("SELECT v FROM $t")).hasSize(5);
        }

        @Test
        void filters() {
            String ofA = "SELECT v FROM $t WHERE pk='a' AND ";
            assertThat(selected(ofA + "begins_with(v,'v') AND contains(s,'f3')"))
                    .containsExactly("v3");
            assertThat(selected(ofA + "size(s) = 2 AND v > 'v3'")).containsExactly("v4");
            assertThat(selected(ofA + "attribute_type(v,'S') AND \"v\" IN ['v1','x']"))
                    .containsExactly("v1");
            assertThat(selected(ofA + "none IS MISSING AND v IS NOT MISSING AND sk=2"))
                    .containsExactly("v2");
            assertThat(selected(ofA + "n IS NULL AND v IS NOT NULL AND v IS STRING AND sk=1"))
                    .containsExactly("v1");
            assertThat(selected(ofA + "m.x = 1")).containsExactly("v1");
            assertThat(selected(ofA + "m['y'][1] = 'q' AND NOT v='v1' AND sk NOT BETWEEN 3 AND 9"))
                    .containsExactly("v2");
            assertThat(selected(ofA + "m = {'x':2,'y':['p','q']}")).containsExactly("v2");
            assertThat(selected(ofA + "s = <<'f4','e'>>")).containsExactly("v4");
        }

        @Test
        void pathsByTheirLastName() {
            assertThat(run("SELECT m.x, m.y[1], none, v FROM $t WHERE pk='a' AND sk=1")
                            .items())
                    .containsExactly(Map.of(
                            "x", AttributeValue.fromN("1"),
                            "y[1]", AttributeValue.fromS("q"),
                            "v", AttributeValue.fromS("v1")));
        }

        @Test
        void inOrder() {
            assertThat(selected("SELECT v FROM $t WHERE pk='a' ORDER BY sk DESC"))
                    .containsExactly("v4", "v3", "v2", "v1");
            assertThat(selected("SELECT v FROM $t WHERE pk IN ['a','b'] AND sk=1 ORDER BY pk DESC"))
                    .containsExactly("b1", "v1");
            refusesStatement(
                    "SELECT v FROM $t WHERE pk='a' ORDER BY v",
                    "Variable reference v in ORDER BY clause must be part of the primary key");
            refusesStatement(
                    "SELECT v FROM $t ORDER BY sk",
                    "Must have WHERE clause in the statement when using ORDER BY clause.");
            refusesStatement(
                    "SELECT v FROM $t WHERE v='x' ORDER BY sk",
                    "Must have at least one non-optional hash key condition in WHERE clause when using ORDER BY clause.");
            refusesStatement(
                    "SELECT v FROM $t WHERE pk IN ['a','b'] ORDER BY sk",
                    "Must have hash key in ORDER BY clause when more than one hash key condition specified in WHERE "
                            + "clause.");
        }

        @Test
        void pageByPage() {
            for (String order : List.of("", " ORDER BY pk ASC, sk DESC")) {
                List<String> seen = new ArrayList<>();
                String token = null;
                int pages = 0;
                do {
                    String from = token;
                    ExecuteStatementResponse page = sdk().executeStatement(
                                    request -> request.statement(text("SELECT v FROM $t WHERE pk IN ['a','b']" + order))
                                            .limit(2)
                                            .nextToken(from));
                    seen.addAll(values(page));
                    token = page.nextToken();
                    pages++;
                } while (token != null);
                assertThat(seen)
                        .containsExactlyElementsOf(
                                order.isEmpty()
                                        ? List.of("v1", "v2", "v3", "v4", "b1")
                                        : List.of("v4", "v3", "v2", "v1", "b1"));
                assertThat(pages).isEqualTo(3);
            }
            refusesAsInvalid(
                    "ExecuteStatement",
                    json("SELECT v FROM $t").replace("}", ",\"NextToken\":\"abc\"}"),
                    "Invalid NextToken");
            String ofTheTable = sdk().executeStatement(
                            request -> request.statement(text("SELECT v FROM $t WHERE pk='a'"))
                                    .limit(1))
                    .nextToken();
            refusesAsInvalid(
                    "ExecuteStatement",
                    json("SELECT * FROM $t.\"by-rank\" WHERE pk='a'")
                            .replace("}", ",\"NextToken\":\"" + ofTheTable + "\"}"),
                    "Invalid NextToken");
        }

        @Test
        void fromAnIndex() {
            assertThat(run("SELECT * FROM $t.\"by-city\" WHERE city='Oslo' AND sk=1")
                            .items())
                    .containsExactly(Map.of(
                            "city", AttributeValue.fromS("Oslo"),
                            "pk", AttributeValue.fromS("a"),
                            "sk", AttributeValue.fromN("1")));
            assertThat(selected("SELECT v FROM $t.\"by-rank\" WHERE pk='a' AND rank < 'r7'"))
                    .containsExactly("v4", "v3");
            assertThat(run("SELECT pk FROM $t.\"by-rank\" WHERE v='v1'").items())
                    .isEmpty();
            refusesStatement("SELECT * FROM $t.none WHERE pk='a'", "The table does not have the specified index");
            refusesStatement(
                    "SELECT * FROM $t.a.b WHERE pk='a'", "A path may contain at most 2 components in the FROM clause");
            refusesStatement("SELECT * FROM $t.\"\" WHERE pk='a'", "Path component cannot be an empty string");
            refusesStatement(
                    "SELECT v FROM $t.\"by-city\" WHERE city='Oslo'",
                    "One or more parameter values were invalid: Global secondary index by-city does not project [v]");
            refusesStatement(
                    "SELECT pk FROM $t.\"by-rank\" WHERE pk='a' AND v='v1'",
                    "One or more parameter values were invalid: Secondary index by-rank does not project one or more "
                            + "filter attributes: [v]");
            refusesAsInvalid(
                    "ExecuteStatement",
                    json("SELECT * FROM $t.\"by-city\" WHERE city='Oslo'").replace("}", ",\"ConsistentRead\":true}"),
                    "Strongly consistent read is not supported on Global Secondary Indexes");
        }

        @Test
        void tellsWhatItConsumed() {
            String asked = ",\"ReturnConsumedCapacity\":\"TOTAL\"}";
            String statement = json("SELECT v FROM $t WHERE pk='a'");
            assertThat(answer("ExecuteStatement", statement.replace("}", asked)))
                    .contains("\"CapacityUnits\":0.5");
            assertThat(answer("ExecuteStatement", statement.replace("}", ",\"ConsistentRead\":true" + asked)))
                    .contains("\"CapacityUnits\":1.0");
        }

        @Test
        void refusesKeysOfAnotherTypeAndTablesThatAreNotThere() {
            refusesStatement(
                    "SELECT v FROM $t WHERE pk=1",
                    "Key attribute's data type should match its data type in table's schema: Key pk");
            refusesStatement(
                    "SELECT v FROM $t WHERE pk='a' AND sk='1'",
                    "Key attribute's data type should match its data type in table's schema: Key sk");
            refuses(
                    "ExecuteStatement",
                    json("SELECT * FROM \"not-there\" WHERE pk='a'"),
                    "ResourceNotFoundException",
                    "Requested resource not found");
        }
    }

    @Nested
    class Insert {

        @Test
        void everyType() {
            assertThat(answer(
                            "ExecuteStatement",
                            json("INSERT INTO $w VALUE {'id':'types','n':1.50,'ss':<<'x','y'>>,'ns':<<2,1>>,"
                                    + "'l':[1,null,true,{'z':'it''s'}],'e':''}")))
                    .isEqualTo("{\"Items\":[]}");
            assertThat(item("types"))
                    .containsEntry("n", AttributeValue.fromN("1.5"))
                    .containsEntry("ss", AttributeValue.fromSs(List.of("x", "y")))
                    .containsEntry("ns", AttributeValue.fromNs(List.of("1", "2")))
                    .containsEntry(
                            "l",
                            AttributeValue.fromL(List.of(
                                    AttributeValue.fromN("1"),
                                    AttributeValue.fromNul(true),
                                    AttributeValue.fromBool(true),
                                    AttributeValue.fromM(Map.of("z", AttributeValue.fromS("it's"))))))
                    .containsEntry("e", AttributeValue.fromS(""));
        }

        @Test
        void withParameters() {
            run(
                    "INSERT INTO $w VALUE {'id':?,'l':?}",
                    AttributeValue.fromS("parameters"),
                    AttributeValue.fromL(List.of(AttributeValue.fromS("x"))));
            assertThat(item("parameters")).containsKey("l");
            refusesStatement(
                    "INSERT INTO $w VALUE {'id':'x','l':[?]}".replace("$w", "www"),
                    "Unsupported data type: Parameter under key root[0] at 1:38:1");
        }

        @Test
        void onlyWhatIsNotThere() {
            run("INSERT INTO $w VALUE {'id':'twice'}");
            DuplicateItemException twice = catchThrowableOfType(
                    DuplicateItemException.class, () -> run("INSERT INTO $w VALUE {'id':'twice','a':1}"));
            assertThat(twice.awsErrorDetails().errorMessage()).isEqualTo("Duplicate primary key exists in table");
            assertThat(item("twice")).hasSize(1);
        }

        @Test
        void checksTheItem() {
            refusesStatement("INSERT INTO $w VALUE {'a':'2'}", "Key attribute should be present in the item: Key id");
            refusesStatement(
                    "INSERT INTO $w VALUE {'id':2}",
                    "Key attribute's data type should match its data type in table's schema: Key id");
            refusesStatement(
                    "INSERT INTO $w VALUE {'id':''}",
                    "One or more parameter values are not valid. The AttributeValue for a key attribute cannot contain "
                            + "an empty string value. Key: id");
            refusesStatement(
                    "INSERT INTO $w VALUE {'id':'x','m':{'x':[1,1e126]}}",
                    "Number overflow. Attempting to store a number with magnitude larger than supported range under "
                            + "root.x[1]");
            refusesStatement("INSERT INTO $w VALUE {'id':'x','s':<<'a','a'>>}", "Input collection contains duplicates");
            refusesStatement(
                    "INSERT INTO $w VALUE {'id':'x','s':<<'a',1>>}",
                    "Unsupported data type in Bag. DynamoDB only supports either numbers or strings in bags");
            refusesStatement(
                    "INSERT INTO $w VALUE {'id':'x'} RETURNING ALL OLD *", "RETURNING is not supported in INSERT");
            refusesStatement(
                    "INSERT INTO $w.x VALUE {'id':'x'}",
                    "FROM clause may only contain a single table name in data manipulation statements");
            refusesStatement(
                    "INSERT INTO $w VALUE {'id':'x'} IF NOT EXISTS", MALFORMED + "Unexpected token after expression");
        }
    }

    @Nested
    class Update {

        @Test
        void setsAndRemoves() {
            put(written, "{'id':{'S':'u1'},'a':{'N':'1'},'m':{'M':{'k':{'S':'v'}}},'l':{'L':[{'N':'1'}]}}");
            assertThat(run("UPDATE $w SET a=a+1 SET b='x', l=list_append(l,[2]) SET c=if_not_exists(c,5) REMOVE m.k "
                                    + "WHERE id='u1'")
                            .items())
                    .isEmpty();
            assertThat(item("u1"))
                    .containsEntry("a", AttributeValue.fromN("2"))
                    .containsEntry("b", AttributeValue.fromS("x"))
                    .containsEntry("c", AttributeValue.fromN("5"))
                    .containsEntry("m", AttributeValue.fromM(Map.of()))
                    .containsEntry(
                            "l", AttributeValue.fromL(List.of(AttributeValue.fromN("1"), AttributeValue.fromN("2"))));
            run("UPDATE $w REMOVE l[0] SET m.z = ? WHERE id='u1'", AttributeValue.fromBool(true));
            assertThat(item("u1"))
                    .containsEntry("l", AttributeValue.fromL(List.of(AttributeValue.fromN("2"))))
                    .containsEntry("m", AttributeValue.fromM(Map.of("z", AttributeValue.fromBool(true))));
            run("FROM $w WHERE id='u1' SET b='first'");
            assertThat(item("u1")).containsEntry("b", AttributeValue.fromS("first"));
        }

        @Test
        void addsToAndDeletesFromSets() {
            put(written, "{'id':{'S':'u2'},'s':{'SS':['x']},'a':{'N':'1'}}");
            run("UPDATE $w SET s=set_add(s,<<'y','z'>>) SET t=set_add(t,<<1>>) WHERE id='u2'");
            run("UPDATE $w SET s=set_delete(s,?) WHERE id='u2'", AttributeValue.fromSs(List.of("x")));
            assertThat(item("u2"))
                    .containsEntry("s", AttributeValue.fromSs(List.of("y", "z")))
                    .containsEntry("t", AttributeValue.fromNs(List.of("1")));
            refusesStatement(
                    "UPDATE $w SET s=set_add(a,<<'z'>>) WHERE id='u2'",
                    "The first argument to SET_ADD must equal the assignment value");
            refusesAsInvalid(
                    "ExecuteStatement",
                    "{\"Statement\":\"UPDATE hhh SET s=set_delete(s,'z') WHERE id='1'\"}",
                    "The second argument to SET_DELETE must be a value with type SET at 1:29:1");
        }

        @Test
        void returnsWhatIsAskedFor() {
            put(written, "{'id':{'S':'u3'},'a':{'N':'1'},'b':{'S':'b'}}");
            Map<String, AttributeValue> one = Map.of("a", AttributeValue.fromN("1"));
            Map<String, AttributeValue> two = Map.of("a", AttributeValue.fromN("2"));
            String update = "UPDATE $w SET a=? WHERE id='u3' RETURNING ";
            assertThat(run(update + "MODIFIED OLD *", AttributeValue.fromN("2")).items())
                    .containsExactly(one);
            assertThat(run(update + "MODIFIED NEW *", AttributeValue.fromN("2")).items())
                    .containsExactly(two);
            assertThat(run(update + "ALL OLD *", AttributeValue.fromN("1"))
                            .items()
                            .get(0))
                    .hasSize(3)
                    .containsAllEntriesOf(two);
            assertThat(run(update + "ALL NEW *", AttributeValue.fromN("1"))
                            .items()
                            .get(0))
                    .hasSize(3)
                    .containsAllEntriesOf(one);
            assertThat(run("UPDATE $w REMOVE none WHERE id='u3' RETURNING MODIFIED NEW *")
                            .items())
                    .isEmpty();
            refusesStatement(
                    "UPDATE $w SET a=1 WHERE id='u3' RETURNING ALL NEW a",
                    "Expected '*' after ( MODIFIED | ALL ) ( NEW | OLD ) in RETURNING clause");
        }

        @Test
        void onlyAnItemThatIsThereAndMeetsTheCondition() {
            put(written, "{'id':{'S':'u4'},'a':{'N':'1'}}");
            for (String where : List.of("id='none'", "id='u4' AND a=99", "id='u4' AND (a IS MISSING OR a > 1)")) {
                refuses(
                        "ExecuteStatement",
                        json("UPDATE $w SET a=5 WHERE " + where),
                        "ConditionalCheckFailedException",
                        "The conditional request failed");
            }
            ConditionalCheckFailedException failed = catchThrowableOfType(
                    ConditionalCheckFailedException.class,
                    () -> sdk().executeStatement(
                                    request -> request.statement(text("UPDATE $w SET a=5 WHERE id='u4' AND a=99"))
                                            .returnValuesOnConditionCheckFailure("ALL_OLD")));
            assertThat(failed.item()).containsEntry("a", AttributeValue.fromN("1"));
            assertThat(item("none")).isEmpty();
        }

        @Test
        void ofOneItem() {
            String noKey = "Where clause does not contain a mandatory equality on all key attributes";
            refusesStatement("UPDATE $w SET a=5", noKey);
            refusesStatement("UPDATE $w SET a=5 WHERE a=99", noKey);
            refusesStatement("UPDATE $w SET a=5 WHERE id='1' OR a=5", noKey);
            refusesStatement("UPDATE $t SET a=5 WHERE pk='a' AND sk>1", noKey);
            refusesStatement("FROM $w SET c = 1", noKey);
            refusesStatement(
                    "UPDATE $w SET a=5 WHERE id='1' AND id='2'",
                    "Multiple conditions on same key id. Only single item Update/Insert/Delete are supported");
            refusesStatement(
                    "UPDATE $w SET id='2' WHERE id='1'",
                    "One or more parameter values were invalid: Cannot update attribute id. This attribute is part of "
                            + "the key");
            refusesStatement(
                    "UPDATE $w SET a=1 SET a=2 WHERE id='1'",
                    "Two document paths overlap with each other; must remove or rewrite one of these paths; path one: "
                            + "[a], path two: [a]");
            refusesStatement(
                    "UPDATE $t.\"by-city\" SET a=5 WHERE pk='a' AND sk=1",
                    "This operation is not supported on an index");
            refusesStatement(
                    "UPDATE $w SET q=a*2 WHERE id='1'", "Unsupported operator in Update Expression. Operator: *");
            refusesStatement(
                    "UPDATE $w SET q=size(q) WHERE id='1'",
                    "The function is not allowed in an update expression; function: size");
        }
    }

    @Nested
    class Delete {

        @Test
        void returnsTheItemThatWas() {
            put(written, "{'id':{'S':'d1'},'a':{'N':'1'}}");
            assertThat(run("DELETE FROM $w WHERE id='d1' AND a=1 RETURNING ALL OLD *")
                            .items())
                    .hasSize(1);
            assertThat(item("d1")).isEmpty();
            assertThat(run("DELETE FROM $w WHERE id='d1' RETURNING ALL OLD *").items())
                    .isEmpty();
        }

        @Test
        void anItemThatMeetsTheConditionOrNone() {
            put(written, "{'id':{'S':'d2'},'a':{'N':'1'}}");
            refuses(
                    "ExecuteStatement",
                    json("DELETE FROM $w WHERE id='d2' AND a=99"),
                    "ConditionalCheckFailedException",
                    "The conditional request failed");
            assertThat(run("DELETE FROM $w WHERE id='none' AND a=99").items()).isEmpty();
        }

        @Test
        void checksTheClauses() {
            refusesStatement(
                    "DELETE FROM $w WHERE id='1' RETURNING MODIFIED OLD *",
                    "Invalid returning clause: RETURNING MODIFIED OLD *. Only RETURNING ALL OLD * is allowed in DELETE "
                            + "statements.");
            refusesStatement(
                    "DELETE FROM $w", "Where clause does not contain a mandatory equality on all key attributes");
            refusesStatement(
                    "DELETE FROM $w WHERE id=1",
                    "Key attribute's data type should match its data type in table's schema: Key id");
        }
    }
}

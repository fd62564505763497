package dev.meridian.node.wire;

import static dev.meridian.node.wire.Statements.json;
import static dev.meridian.node.wire.Statements.refusesStatement;
import static dev.meridian.node.wire.Statements.run;
import static dev.meridian.node.wire.Statements.selected;
import static dev.meridian.node.wire.Statements.text;
import static dev.meridian.node.wire.Statements.values;
import static dev.meridian.node.wire.WireTarget.answer;
import static dev.meridian.node.wire.WireTarget.refuses;
import static dev.meridian.node.wire.WireTarget.refusesAsInvalid;
import static dev.meridian.node.wire.WireTarget.sdk;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ExecuteStatementResponse;

/** ExecuteStatement with SELECT; {@link ExecuteStatementWritesTest} has what changes items. Tables as in {@link Statements}. */
class ExecuteStatementTest {

    @BeforeAll
    static void makeTables() {
        Statements.makeTables();
    }

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
        assertThat(selected("SELECT v FROM $t WHERE pk='a' AND sk=1 AND sk=2")).isEmpty();
        assertThat(selected("SELECT v FROM $t WHERE pk='a' AND pk='b'")).isEmpty();
    }

    @Test
    void bySeveralKeys() {
        assertThat(selected("SELECT v FROM $t WHERE pk IN ['b','a'] AND sk=1")).containsExactly("v1", "b1");
        assertThat(selected("SELECT v FROM $t WHERE pk='a' AND sk IN (3,1)")).containsExactly("v1", "v3");
        assertThat(selected("SELECT v FROM $t WHERE pk='a' AND (sk = 1 OR sk > 3)"))
                .containsExactly("v1", "v4");
        assertThat(selected("SELECT v FROM $t WHERE pk='a' AND sk=4 OR pk='b'")).containsExactly("v4", "b1");
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
        assertThat(selected(ofA + "begins_with(v,'v') AND contains(s,'f3')")).containsExactly("v3");
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
        assertThat(selected("SELECT v FROM $t WHERE pk='a' ORDER BY sk DESC")).containsExactly("v4", "v3", "v2", "v1");
        assertThat(selected("SELECT v FROM $t WHERE pk IN ['a','b'] AND sk=1 ORDER BY pk DESC"))
                .containsExactly("b1", "v1");
        refusesStatement(
                "SELECT v FROM $t WHERE pk='a' ORDER BY v",
                "Variable reference v in ORDER BY clause must be part of the primary key");
        refusesStatement(
                "SELECT v FROM $t ORDER BY sk", "Must have WHERE clause in the statement when using ORDER BY clause.");
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
        String ofTheTable = sdk().executeStatement(request ->
                        request.statement(text("SELECT v FROM $t WHERE pk='a'")).limit(1))
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
        assertThat(run("SELECT pk FROM $t.\"by-rank\" WHERE v='v1'").items()).isEmpty();
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
        assertThat(answer("ExecuteStatement", statement.replace("}", asked))).contains("\"CapacityUnits\":0.5");
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

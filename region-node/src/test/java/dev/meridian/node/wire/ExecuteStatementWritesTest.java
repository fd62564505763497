package dev.meridian.node.wire;

import static dev.meridian.node.wire.Statements.MALFORMED;
import static dev.meridian.node.wire.Statements.item;
import static dev.meridian.node.wire.Statements.json;
import static dev.meridian.node.wire.Statements.refusesStatement;
import static dev.meridian.node.wire.Statements.run;
import static dev.meridian.node.wire.Statements.text;
import static dev.meridian.node.wire.Statements.written;
import static dev.meridian.node.wire.WireTarget.answer;
import static dev.meridian.node.wire.WireTarget.put;
import static dev.meridian.node.wire.WireTarget.refuses;
import static dev.meridian.node.wire.WireTarget.refusesAsInvalid;
import static dev.meridian.node.wire.WireTarget.sdk;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.DuplicateItemException;

/** ExecuteStatement with INSERT, UPDATE and DELETE. */
class ExecuteStatementWritesTest {

    @BeforeAll
    static void makeTables() {
        Statements.makeTables();
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

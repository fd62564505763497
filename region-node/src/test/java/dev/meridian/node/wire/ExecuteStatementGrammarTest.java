package dev.meridian.node.wire;

import static dev.meridian.node.wire.Statements.MALFORMED;
import static dev.meridian.node.wire.Statements.refusesStatement;
import static dev.meridian.node.wire.WireTarget.refusesAsInvalid;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What ExecuteStatement takes for a statement, and what it says of anything else. */
class ExecuteStatementGrammarTest {

    @BeforeAll
    static void makeTables() {
        Statements.makeTables();
    }

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
        refusesStatement("SELECT * FROM $t WHERE v = 'x' AND MISSING", "MISSING must be compared using IS operator");
        refusesAsInvalid(
                "ExecuteStatement",
                "{\"Statement\":\"SELECT a FROM hhh WHERE a IS INT\"}",
                "Unsupported data type for IS operator: INTEGER. Supported data types are [MISSING, NULL, BOOLEAN, BLOB, "
                        + "STRING, NUMERIC, STRUCT, TUPLE, LIST] at 1:27:2");
        refusesStatement("SELECT * FROM $t WHERE v = MISSING", "MISSING must be compared using IS operator");
        refusesStatement(
                "SELECT * FROM $t WHERE v LIKE 'v%'", "Unsupported operator in Condition Expression. Operator: like");
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
        refusesStatement("SELECT * FROM $t WHERE pk=?", "Number of parameters in request and statement don't match.");
    }
}

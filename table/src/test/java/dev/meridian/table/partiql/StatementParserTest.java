package dev.meridian.table.partiql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.meridian.table.expression.Condition;
import dev.meridian.table.expression.DocumentPath;
import dev.meridian.table.expression.InvalidExpressionException;
import dev.meridian.table.expression.Operand;
import dev.meridian.table.expression.Update;
import dev.meridian.table.value.AttributeValue;
import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;

/** From text to the trees that expressions become too. */
class StatementParserTest {

    private static Statement parse(String text, AttributeValue... parameters) {
        return StatementParser.parse(text, List.of(parameters));
    }

    private static Condition where(String condition, AttributeValue... parameters) {
        Condition where = ((Statement.Select) parse("SELECT * FROM t WHERE " + condition, parameters)).where();
        return java.util.Objects.requireNonNull(where);
    }

    private static String refusal(String text) {
        return String.valueOf(catchThrowableOfType(InvalidExpressionException.class, () -> parse(text))
                .getMessage());
    }

    private static Operand at(Object... steps) {
        return new Operand.AtPath(new DocumentPath(List.of(steps)));
    }

    private static Operand text(String value) {
        return new Operand.Literal(new AttributeValue.S(value));
    }

    private static AttributeValue.N number(String value) {
        return new AttributeValue.N(new BigDecimal(value));
    }

    @Test
    void namesMayBeQuotedAndKeepTheirCase() {
        Statement.Select select = (Statement.Select) parse("select \"A b\".c[3].\"D\", e from \"my-t.x\".\"i\"");
        assertThat(select.table()).isEqualTo("my-t.x");
        assertThat(select.index()).isEqualTo("i");
        assertThat(select.projection())
                .containsExactly(
                        new Statement.Column(new DocumentPath(List.of("A b", "c", 3, "D")), "D"),
                        new Statement.Column(new DocumentPath(List.of("e")), "e"));
    }

    @Test
    void columnsAreCalledByTheirLastNameAndIndexes() {
        Statement.Select select = (Statement.Select) parse("SELECT a.b[0][1], c['d'] FROM t");
        assertThat(select.projection()).extracting(Statement.Column::name).containsExactly("b[0][1]", "d");
    }

    @Test
    void conditionsBindAsTheyDoInSql() {
        Condition one = new Condition.Comparison("=", at("a"), text("1"));
        Condition two = new Condition.Comparison("<>", at("b"), text("2"));
        Condition three = new Condition.Comparison(">=", text("3"), at("c"));
        assertThat(where("a='1' OR b<>'2' AND '3'>=c")).isEqualTo(new Condition.Or(one, new Condition.And(two, three)));
        assertThat(where("(a='1' OR b!='2') AND NOT '3'>=c"))
                .isEqualTo(new Condition.And(new Condition.Or(one, two), new Condition.Not(three)));
    }

    @Test
    void parametersTakeTheirPlacesInOrder() {
        assertThat(where("a IN [?, 'x'] AND b BETWEEN ? AND ?", new AttributeValue.S("p"), number("1"), number("2")))
                .isEqualTo(new Condition.And(
                        new Condition.In(at("a"), List.of(text("p"), text("x"))),
                        new Condition.Between(
                                at("b"), new Operand.Literal(number("1")), new Operand.Literal(number("2")))));
    }

    @Test
    void missingIsATestOfThePath() {
        assertThat(where("a.b IS MISSING"))
                .isEqualTo(new Condition.Test("attribute_not_exists", List.of(at("a", "b"))));
        assertThat(where("a IS NOT MISSING")).isEqualTo(new Condition.Test("attribute_exists", List.of(at("a"))));
        assertThat(where("a IS NOT NULL"))
                .isEqualTo(new Condition.Not(new Condition.Test("attribute_type", List.of(at("a"), text("NULL")))));
    }

    @Test
    void setsRemovalsAndFunctionsBecomeActions() {
        Statement.Update update = (Statement.Update) parse(
                "UPDATE t SET a=b+1 SET s=set_add(s,<<'x'>>), u=set_delete(u,?) "
                        + "REMOVE c[0] WHERE id='1' RETURNING MODIFIED OLD *",
                new AttributeValue.NS(new java.util.TreeSet<>(List.of(BigDecimal.ONE))));
        assertThat(update.update().actions())
                .extracting(action -> action.getClass().getSimpleName())
                .containsExactly("Set", "Add", "Delete", "Remove");
        assertThat(update.update().actions().get(0))
                .isEqualTo(new Update.Set(
                        new DocumentPath(List.of("a")),
                        new Operand.Arithmetic("+", at("b"), new Operand.Literal(number("1")))));
        assertThat(update.returning()).isEqualTo(Statement.Returning.MODIFIED_OLD);
    }

    @Test
    void numbersAreInNormalForm() {
        Statement.Insert insert =
                (Statement.Insert) parse("INSERT INTO t VALUE {'a':1.50,'b':-.5e1,'c':12345678901234567890123456789}");
        assertThat(insert.item().attributes().values())
                .containsExactly(number("1.5"), number("-5"), number("12345678901234567890123456789"));
        assertThat(refusal("INSERT INTO t VALUE {'l':[1,{'x':1e126}]}"))
                .endsWith("larger than supported range under root[1].x");
        assertThat(refusal("SELECT * FROM t WHERE a = 123456789012345678901234567890123456789"))
                .isEqualTo("Attempting to store more than 38 significant digits in a Number under root");
    }

    @Test
    void aStatementIsParsedOnceAndBoundAnew() {
        String text = "SELECT * FROM t WHERE a = ?";
        assertThat(parse(text, new AttributeValue.S("1"))).isNotEqualTo(parse(text, new AttributeValue.S("2")));
    }

    @Test
    void commentsAreNothing() {
        assertThat(parse("-- first\nSELECT a /* all */ FROM t -- last")).isEqualTo(parse("SELECT a FROM t;"));
    }

    @Test
    void nothingNestsDeeperThanAnItemMay() {
        parse("SELECT * FROM t WHERE a = " + "[".repeat(32) + "1" + "]".repeat(32));
        assertThat(refusal("SELECT * FROM t WHERE a = " + "[".repeat(33) + "]".repeat(33)))
                .isEqualTo("Nesting Levels have exceeded supported limits");
        assertThat(refusal("SELECT a" + ".a".repeat(32) + " FROM t"))
                .isEqualTo("The document path has too many nesting levels; nesting levels: 33");
    }

    @Test
    void conditionsHaveTheirLimits() {
        parse("SELECT * FROM t WHERE a=1" + " AND a=1".repeat(149));
        assertThat(refusal("SELECT * FROM t WHERE a=1" + " AND a=1".repeat(150)))
                .isEqualTo("The expression contains too many operators; operator count: 301");
        parse("SELECT * FROM t WHERE a IN [1" + ",1".repeat(99) + "]");
        assertThat(refusal("SELECT * FROM t WHERE a IN [1" + ",1".repeat(100) + "]"))
                .isEqualTo("The IN operator is provided with too many operands; number of operands: 101");
    }

    @Test
    void whatIsNoStatementOfTheServiceIsCalledByItsKind() {
        assertThat(parse("DROP TABLE t")).isEqualTo(new Statement.Unsupported("DropTable"));
        assertThat(parse("x IS STRING")).isEqualTo(new Statement.Unsupported("IsType"));
        assertThat(parse("INSERT INTO t << {'a':1} >>")).isEqualTo(new Statement.Unsupported("Insert"));
        assertThat(parse("SELECT * FROM t UNION SELECT * FROM t")).isEqualTo(new Statement.Unsupported("Union"));
    }

    @Test
    void namesHaveAtLeastACharacter() {
        for (String text : List.of(
                "SELECT \"\" FROM t",
                "SELECT a.\"\" FROM t",
                "SELECT * FROM \"\"",
                "INSERT INTO t VALUE {'':1}",
                "INSERT INTO \"\" VALUE {'a':1}",
                "UPDATE \"\" SET a=1 WHERE b=1")) {
            assertThat(refusal(text)).as(text).isEqualTo("Path component cannot be an empty string");
        }
    }
}

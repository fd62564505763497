package dev.meridian.table.operation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UpdateItemTest {

    private final TestTable table = TestTable.simple();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "SET a = :one | `a`:{`N`:`1`}",
                "SET a = if_not_exists(a, :one) + :two | `a`:{`N`:`3`}",
                "SET l[1] = :one | `l`:{`L`:[{`S`:`x`},{`N`:`1`},{`S`:`z`}]}",
                "SET l[9] = :one | `l`:{`L`:[{`S`:`x`},{`S`:`y`},{`S`:`z`},{`N`:`1`}]}",
                "REMOVE l[0], l[1] | `l`:{`L`:[{`S`:`z`}]}",
                "REMOVE d[0], d[1].k | `d`:{`L`:[{`M`:{}},{`S`:`w`}]}",
                "SET l[7] = :one REMOVE l[3] | `l`:{`L`:[{`S`:`x`},{`S`:`y`},{`S`:`z`},{`N`:`1`}]}",
                "DELETE e[0] :set SET e[1] = :one | `e`:{`L`:[{`N`:`1`}]}",
                "SET m.k = :one | `m`:{`M`:{`k`:{`N`:`1`}}}",
                "ADD n :one | `n`:{`N`:`6`}",
                "ADD fresh :one | `fresh`:{`N`:`1`}",
                "ADD s :set | `s`:{`SS`:[`a`,`b`,`c`]}",
                "DELETE s :set | `s`:{`SS`:[`b`]}",
                "SET n = n - :two | `n`:{`N`:`3`}",
                "SET l = list_append(l, l) | {`S`:`z`},{`S`:`x`}",
            })
    void changesItems(String update, String expected) {
        assertThat(update(update)).contains(expected.replace('`', '"'));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "SET id = :one | One or more parameter values were invalid: Cannot update attribute id. This attribute is part of the key",
                "SET a = b | The provided expression refers to an attribute that does not exist in the item",
                "SET a.b = :one | The document path provided in the update expression is invalid for update",
                "DELETE a.b :set | The document path provided in the update expression is invalid for update",
                "SET a = if_not_exists(n, n) | Invalid UpdateExpression: The first operand must be distinct from the remaining operands for this operator or function; operator: if_not_exists, first operand: [n]",
                "SET n = n + l | An operand in the update expression has an incorrect data type",
                "SET a = :one SET b = :two | Invalid UpdateExpression: The \"SET\" section can only be used once in an update expression;",
                "SET m = :one, m.k = :two | Invalid UpdateExpression: Two document paths overlap with each other; must remove or rewrite one of these paths; path one: [m], path two: [m, k]",
                "SET size = :one | Invalid UpdateExpression: Attribute name is a reserved keyword; reserved keyword: size",
                "SET a = | Invalid UpdateExpression: Syntax error; token: \"<EOF>\", near: \"=\"",
                "SET a = foo(b) | Invalid UpdateExpression: Invalid function name; function: foo",
                "SET a = list_append(l, :one) | Invalid UpdateExpression: Incorrect operand type for operator or function; operator or function: list_append, operand type: N",
            })
    void refusesInTheServicesWords(String update, String error) {
        assertThat(update(update)).isEqualTo("ValidationException: " + error);
    }

    @Test
    void makesAnItemWhereThereIsNone() {
        assertThat(table.run(
                        "UpdateItem",
                        "{\"TableName\":\"table\",\"Key\":{\"id\":{\"S\":\"new\"}},\"ReturnValues\":\"ALL_NEW\"}"))
                .isEqualTo("{\"Attributes\":{\"id\":{\"S\":\"new\"}}}");
    }

    @Test
    void aSumOutOfRangeIsRefused() {
        table.run("PutItem", "{\"TableName\":\"table\",\"Item\":{\"id\":{\"S\":\"1\"},\"n\":{\"N\":\"9e125\"}}}");
        assertThat(table.run("UpdateItem", """
                        {"TableName":"table","Key":{"id":{"S":"1"}},"UpdateExpression":"ADD n :v",
                         "ExpressionAttributeValues":{":v":{"N":"9e125"}}}"""))
                .isEqualTo(
                        "ValidationException: Number overflow. Attempting to store a number with magnitude larger than "
                                + "supported range");
    }

    private String update(String expression) {
        table.run("PutItem", """
                {"TableName":"table","Item":{"id":{"S":"1"},"n":{"N":"5"},"s":{"SS":["a","b"]},"m":{"M":{}},
                 "l":{"L":[{"S":"x"},{"S":"y"},{"S":"z"}]},"d":{"L":[{"S":"v"},{"M":{"k":{"S":"k"}}},{"S":"w"}]},
                 "e":{"L":[{"SS":["a","c"]},{"S":"x"}]}}}""");
        StringBuilder values = new StringBuilder();
        add(values, expression, ":one", "{\"N\":\"1\"}");
        add(values, expression, ":two", "{\"N\":\"2\"}");
        add(values, expression, ":set", "{\"SS\":[\"a\",\"c\"]}");
        String parameter = values.length() == 0 ? "" : ",\"ExpressionAttributeValues\":{" + values + "}";
        return table.run(
                "UpdateItem",
                "{\"TableName\":\"table\",\"Key\":{\"id\":{\"S\":\"1\"}},\"ReturnValues\":\"ALL_NEW\","
                        + "\"UpdateExpression\":\"" + expression + "\"" + parameter + "}");
    }

    private static void add(StringBuilder values, String expression, String name, String value) {
        if (expression.contains(name)) {
            values.append(values.length() == 0 ? "" : ",")
                    .append('"')
                    .append(name)
                    .append("\":")
                    .append(value);
        }
    }
}

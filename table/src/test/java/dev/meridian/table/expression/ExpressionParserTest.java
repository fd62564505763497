package dev.meridian.table.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the service's own grammar takes, and where and how it says what it does not. */
class ExpressionParserTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "(a) = :v",
                "a = (:v)",
                "(:v) = a",
                "(size(a)) > :v",
                "size((a)) > :v",
                "a IN ((:v), (b))",
                "a BETWEEN (:v) AND (:w)",
                "attribute_exists((a))",
                "contains((a), :v)",
                "attribute_type(:v, :s)",
                "(a = :v) AND (NOT (b.c[0] = :v))",
                "a_b = :v",
                "attribute_exists (a)"
            })
    void takesOperandsInParenthesesWhereverOneMayStand(String text) {
        assertThat(ExpressionParser.condition(text, ExpressionKind.CONDITION)).isNotNull();
    }

    @Test
    void parenthesesAroundAnOperandMeanNothing() {
        assertThat(ExpressionParser.condition("(a) = (:v)", ExpressionKind.FILTER))
                .isEqualTo(ExpressionParser.condition("a = :v", ExpressionKind.FILTER));
        assertThat(ExpressionParser.update("SET a = if_not_exists((b), (:v))"))
                .isEqualTo(ExpressionParser.update("SET a = if_not_exists(b, :v)"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "a != :v | Syntax error; token: \"!\", near: \"a !=\"",
                "a = \"x\" | Syntax error; token: \"\"\", near: \"= \"x\"",
                "é = :v | Syntax error; token: \"é\", near: \"é =\"",
                "_a = :v | Syntax error; token: \"_\", near: \"_a\"",
                "a._b = :v | Syntax error; token: \"_\", near: \"._b\"",
                "~ = a~ | Syntax error; token: \"=\", near: \" = a\"",
                "~  ~ | Syntax error; token: \"<EOF>\", near: \"  \"",
                "a = and | Syntax error; token: \"and\", near: \"= and\"",
                "set = :v | Syntax error; token: \"set\", near: \"set =\"",
                "a = NOT :v | Syntax error; token: \"NOT\", near: \"= NOT :v\"",
                "(a) | Syntax error; token: \"<EOF>\", near: \")\"",
                "select = :v AND | Syntax error; token: \"<EOF>\", near: \"AND\"",
                "foo(a) AND | Syntax error; token: \"<EOF>\", near: \"AND\"",
                "foo(a) = foo(b | Syntax error; token: \"<EOF>\", near: \"b\"",
                "select = :v | Attribute name is a reserved keyword; reserved keyword: select",
                "foo(select) = :v | Invalid function name; function: foo",
                "size(a) | The function is not allowed to be used this way in an expression; function: size",
                "(size(a)) | The function is not allowed to be used this way in an expression; function: size",
                "NOT size(a) | The function is not allowed to be used this way in an expression; function: size",
                "size(a) AND a = :v | The function is not allowed to be used this way in an expression; function: size",
                "contains(a,:v) = :w | The function is not allowed to be used this way in an expression; function: contains",
                "(attribute_exists(a)) = :v "
                        + "| The function is not allowed to be used this way in an expression; function: attribute_exists",
                "a = (b = :v) | Syntax error; token: \"=\", near: \"b = :v\"",
                "(a) AND a = :v | Syntax error; token: \"AND\", near: \") AND a\"",
                "((a)) = :v | The expression has redundant parentheses;",
                "((a = :v)) | The expression has redundant parentheses;",
                "attribute_exists(:v) | Operator or function requires a document path; operator or function: attribute_exists",
            })
    void saysWhatIsWrongWithAConditionAsTheServiceDoes(String text, String refusal) {
        assertThatExceptionOfType(InvalidExpressionException.class)
                .isThrownBy(() -> ExpressionParser.condition(text, ExpressionKind.CONDITION))
                .withMessage("Invalid ConditionExpression: " + refusal);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "SET set = :v | Syntax error; token: \"set\", near: \"SET set =\"",
                "SET _a = :v | Syntax error; token: \"_\", near: \"SET _a\"",
                "SET select = :v, | Syntax error; token: \"<EOF>\", near: \",\"",
                "SET a = ((b)) | The expression has redundant parentheses;",
                "REMOVE not | Syntax error; token: \"not\", near: \"REMOVE not\"",
            })
    void saysWhatIsWrongWithAnUpdateAsTheServiceDoes(String text, String refusal) {
        assertThatExceptionOfType(InvalidExpressionException.class)
                .isThrownBy(() -> ExpressionParser.update(text))
                .withMessage("Invalid UpdateExpression: " + refusal);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "_id | Syntax error; token: \"_\", near: \"_id\"",
                "a.and | Syntax error; token: \"and\", near: \".and\"",
                "size(a) | Syntax error; token: \"(\", near: \"size(a\"",
            })
    void saysWhatIsWrongWithAProjectionAsTheServiceDoes(String text, String refusal) {
        assertThatExceptionOfType(InvalidExpressionException.class)
                .isThrownBy(() -> ExpressionParser.projection(text))
                .withMessage("Invalid ProjectionExpression: " + refusal);
    }
}

package dev.meridian.table.partiql;

import com.amazon.ionelement.api.AnyElement;
import com.amazon.ionelement.api.ElementType;
import com.amazon.ionelement.api.IntElementSize;
import dev.meridian.table.expression.InvalidExpressionException;
import dev.meridian.table.value.AttributeValue;
import dev.meridian.table.value.InvalidValueException;
import dev.meridian.table.value.NumberText;
import dev.meridian.table.value.Utf8;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.partiql.lang.domains.PartiqlAst;

/**
 * From literals and parameters to values. A parameter is a value of its own, or of one attribute of an item that is inserted;
 * the service takes none further inside.
 */
final class ValueTranslator {

    private static final String ROOT = "root";
    private static final int NESTING_MAX = 32;

    private final List<AttributeValue> parameters;

    ValueTranslator(List<AttributeValue> parameters) {
        this.parameters = parameters;
    }

    static boolean isValue(PartiqlAst.Expr expression) {
        return expression instanceof PartiqlAst.Expr.Lit
                || expression instanceof PartiqlAst.Expr.Parameter
                || expression instanceof PartiqlAst.Expr.List
                || expression instanceof PartiqlAst.Expr.Bag
                || expression instanceof PartiqlAst.Expr.Struct;
    }

    /** A value in a condition or an assignment. */
    AttributeValue value(PartiqlAst.Expr expression) {
        return expression instanceof PartiqlAst.Expr.Parameter parameter
                ? parameter(parameter)
                : value(expression, ROOT, 0);
    }

    /** The attributes of an item that is inserted. */
    Map<String, AttributeValue> item(PartiqlAst.Expr.Struct struct) {
        Map<String, AttributeValue> attributes = new LinkedHashMap<>();
        for (PartiqlAst.ExprPair field : struct.getFields()) {
            put(attributes, name(field, ROOT), value(field.getSecond()), ROOT, field.getFirst());
        }
        return attributes;
    }

    private AttributeValue parameter(PartiqlAst.Expr.Parameter parameter) {
        int position = (int) parameter.getIndex().getValue();
        if (position > parameters.size()) {
            throw new InvalidExpressionException("Number of parameters in request and statement don't match.");
        }
        return parameters.get(position - 1);
    }

    private AttributeValue value(PartiqlAst.Expr expression, String path, int depth) {
        if (expression instanceof PartiqlAst.Expr.Lit literal) {
            return literal(literal, path);
        }
        if (depth >= NESTING_MAX) {
            throw new InvalidExpressionException("Nesting Levels have exceeded supported limits");
        }
        if (expression instanceof PartiqlAst.Expr.List list) {
            List<AttributeValue> elements = new ArrayList<>();
            for (PartiqlAst.Expr element : list.getValues()) {
                elements.add(value(element, path + "[" + elements.size() + "]", depth + 1));
            }
            return new AttributeValue.L(elements);
        } else if (expression instanceof PartiqlAst.Expr.Struct struct) {
            Map<String, AttributeValue> entries = new LinkedHashMap<>();
            for (PartiqlAst.ExprPair field : struct.getFields()) {
                String name = name(field, path);
                put(entries, name, value(field.getSecond(), path + "." + name, depth + 1), path, struct);
            }
            return new AttributeValue.M(entries);
        } else if (expression instanceof PartiqlAst.Expr.Bag bag) {
            return set(bag, path);
        }
        throw Place.invalid("Unsupported data type: " + Operators.shown(expression) + " under key " + path, expression);
    }

    private static String name(PartiqlAst.ExprPair field, String path) {
        if (field.getFirst() instanceof PartiqlAst.Expr.Lit literal
                && literal.getValue().getType() == ElementType.STRING
                && !literal.getValue().isNull()) {
            return Paths.component(literal.getValue().getStringValue());
        }
        throw Place.invalid(
                "Tuple keys must be of type String. Actual type: " + Operators.kind(field.getFirst()) + " under "
                        + path,
                field.getFirst());
    }

    private static void put(
            Map<String, AttributeValue> into, String name, AttributeValue value, String path, PartiqlAst.Expr at) {
        if (into.put(name, value) != null) {
            throw Place.invalid("Duplicate keys in tuple. Key: " + name + " under " + path, at);
        }
    }

    private static AttributeValue literal(PartiqlAst.Expr.Lit literal, String path) {
        AnyElement value = literal.getValue();
        if (literal.getMetas().containsKey("$is_ion_literal")) {
            throw Place.invalid("Ion Literals are not supported: " + value.getType() + " under key " + path, literal);
        }
        if (value.isNull()) {
            return new AttributeValue.Null();
        }
        return switch (value.getType()) {
            case STRING -> new AttributeValue.S(value.getStringValue());
            case BOOL -> new AttributeValue.Bool(value.getBooleanValue());
            case INT -> number(new BigDecimal(integer(value)), path);
            case DECIMAL -> number(value.getDecimalValue().bigDecimalValue(), path);
            default -> throw Place.invalid("Unsupported data type: " + value.getType() + " under key " + path, literal);
        };
    }

    static BigInteger integer(AnyElement value) {
        return value.getIntegerSize() == IntElementSize.LONG
                ? BigInteger.valueOf(value.getLongValue())
                : value.getBigIntegerValue();
    }

    private static AttributeValue.N number(BigDecimal value, String path) {
        try {
            return new AttributeValue.N(NumberText.checked(value));
        } catch (InvalidValueException outOfRange) {
            throw new InvalidExpressionException(outOfRange.getMessage() + " under " + path);
        }
    }

    private static AttributeValue set(PartiqlAst.Expr.Bag bag, String path) {
        if (bag.getValues().isEmpty()) {
            throw Place.invalid("Empty bags are not supported", bag);
        }
        TreeSet<String> strings = new TreeSet<>(Utf8.ORDER);
        TreeSet<BigDecimal> numbers = new TreeSet<>();
        for (PartiqlAst.Expr expression : bag.getValues()) {
            AttributeValue element = expression instanceof PartiqlAst.Expr.Lit literal ? literal(literal, path) : null;
            boolean isNew;
            if (element instanceof AttributeValue.S s) {
                isNew = strings.add(s.value());
            } else if (element instanceof AttributeValue.N n) {
                isNew = numbers.add(n.value());
            } else {
                throw Place.invalid(
                        "Unsupported data type in Bag. DynamoDB only supports either numbers or strings in bags",
                        expression);
            }
            if (!isNew) {
                throw new InvalidExpressionException("Input collection contains duplicates");
            }
        }
        if (!strings.isEmpty() && !numbers.isEmpty()) {
            throw new InvalidExpressionException(
                    "Unsupported data type in Bag. DynamoDB only supports either numbers or strings in bags");
        }
        return numbers.isEmpty() ? new AttributeValue.SS(strings) : new AttributeValue.NS(numbers);
    }
}

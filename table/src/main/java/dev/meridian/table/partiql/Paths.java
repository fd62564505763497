package dev.meridian.table.partiql;

import com.amazon.ionelement.api.AnyElement;
import com.amazon.ionelement.api.ElementType;
import dev.meridian.table.expression.DocumentPath;
import dev.meridian.table.expression.InvalidExpressionException;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import org.partiql.lang.domains.PartiqlAst;

/** From {@code a.b[0]."c d"} to a document path. Names are taken as they are written, quoted or not. */
final class Paths {

    private Paths() {}

    static boolean isPath(PartiqlAst.Expr expression) {
        return expression instanceof PartiqlAst.Expr.Id || expression instanceof PartiqlAst.Expr.Path;
    }

    static DocumentPath path(PartiqlAst.Expr expression) {
        List<Object> steps = new ArrayList<>();
        if (expression instanceof PartiqlAst.Expr.Path path) {
            steps.add(name(path.getRoot()));
            for (PartiqlAst.PathStep step : path.getSteps()) {
                steps.add(step(step));
            }
        } else {
            steps.add(name(expression));
        }
        if (steps.size() > DocumentPath.LEVELS_MAX) {
            throw new InvalidExpressionException(DocumentPath.tooManyLevels(steps.size()));
        }
        return new DocumentPath(steps);
    }

    /** Refuses a name without a character. */
    static String component(String name) {
        if (name.isEmpty()) {
            throw new InvalidExpressionException("Path component cannot be an empty string");
        }
        return name;
    }

    private static String name(PartiqlAst.Expr expression) {
        if (expression instanceof PartiqlAst.Expr.Id id) {
            return component(id.getName().getText());
        }
        throw Place.invalid("Unexpected path component", expression);
    }

    private static Object step(PartiqlAst.PathStep step) {
        if (!(step instanceof PartiqlAst.PathStep.PathExpr indexed)) {
            throw Place.invalid("Changing item's hierarchy while reading isn't supported", step);
        }
        if (!(indexed.getIndex() instanceof PartiqlAst.Expr.Lit literal)) {
            throw Place.invalid("Unexpected path component", indexed.getIndex());
        }
        AnyElement value = literal.getValue();
        if (value.getType() == ElementType.STRING && !value.isNull()) {
            return component(value.getStringValue());
        }
        if (value.getType() != ElementType.INT || value.isNull()) {
            throw Place.invalid("Unexpected path component", literal);
        }
        BigInteger index = ValueTranslator.integer(value);
        if (index.signum() < 0 || index.bitLength() >= Integer.SIZE) {
            throw Place.invalid("List index is not within the allowable range; index: [" + index + "]", literal);
        }
        return index.intValue();
    }

    /** What the value at a path is called in an answer. */
    static String columnName(DocumentPath path) {
        StringBuilder name = new StringBuilder();
        for (Object step : path.steps()) {
            if (step instanceof String text) {
                name.setLength(0);
                name.append(text);
            } else {
                name.append('[').append(step).append(']');
            }
        }
        return name.toString();
    }
}

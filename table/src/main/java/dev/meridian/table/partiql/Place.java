package dev.meridian.table.partiql;

import dev.meridian.table.expression.InvalidExpressionException;
import org.partiql.lang.domains.PartiqlAst;

/** Where in the text something stands, which the service adds to many of its errors: {@code at line:column:length}. */
final class Place {

    private Place() {}

    static InvalidExpressionException invalid(String message, PartiqlAst.PartiqlAstNode at) {
        Object place = at.getMetas().get("$source_location");
        return new InvalidExpressionException(place == null ? message : message + " at " + place);
    }
}

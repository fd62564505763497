package dev.meridian.table.operation;

import dev.meridian.table.definition.TableLookup;
import dev.meridian.table.definition.TableSchema;
import dev.meridian.table.expression.Condition;
import dev.meridian.table.expression.DocumentPath;
import dev.meridian.table.expression.ExpressionKind;
import dev.meridian.table.model.ServiceException;
import dev.meridian.table.model.Struct;
import java.util.List;

/** Scan: every item of a table or an index, in the order of the keys' hashes; in parallel by segments of them. */
final class Scan {

    private Scan() {}

    static Plan plan(Struct request, TableLookup tables) {
        RequestExpressions expressions = new RequestExpressions(request, RequestParameters.SCAN);
        Condition filter = expressions.condition(ExpressionKind.FILTER);
        List<DocumentPath> projection = expressions.projection();
        expressions.checkAllUsed();
        KeyConditions.Range range = range(request);
        TableSchema table = tables.find(request.requiredText("TableName"));
        RangeRead.Source source = RangeRead.Source.of(table, request.text("IndexName"));
        return new RangeRead(request, source, range, true, filter, projection);
    }

    private static KeyConditions.Range range(Struct request) {
        Long segment = request.number("Segment");
        Long total = request.number("TotalSegments");
        if (segment == null && total == null) {
            return new KeyConditions.Range(new byte[0], null);
        }
        if (total == null) {
            throw ServiceException.validation(
                    "The TotalSegments parameter is required but was not present in the request when Segment parameter is "
                            + "present");
        }
        if (segment == null) {
            throw ServiceException.validation(
                    "The Segment parameter is required but was not present in the request when parameter TotalSegments is "
                            + "present");
        }
        if (segment >= total) {
            throw ServiceException.validation("The Segment parameter is zero-based and must be less than parameter "
                    + "TotalSegments: Segment: " + segment + " is not less than TotalSegments: " + total);
        }
        return RangeRead.segment(segment, total);
    }
}

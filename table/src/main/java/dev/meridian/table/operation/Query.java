package dev.meridian.table.operation;

import dev.meridian.table.definition.TableLookup;
import dev.meridian.table.definition.TableSchema;
import dev.meridian.table.expression.Condition;
import dev.meridian.table.expression.DocumentPath;
import dev.meridian.table.expression.ExpressionKind;
import dev.meridian.table.expression.KeyAttributesInFilter;
import dev.meridian.table.model.ServiceException;
import dev.meridian.table.model.Struct;
import java.util.List;

/** Query: items of one partition key, in the order of their sort keys. */
final class Query {

    private Query() {}

    static Plan plan(Struct request, TableLookup tables) {
        RequestExpressions expressions = new RequestExpressions(request, RequestParameters.QUERY);
        Condition filter = expressions.condition(ExpressionKind.FILTER);
        Condition key = expressions.condition(ExpressionKind.KEY_CONDITION);
        List<DocumentPath> projection = expressions.projection();
        if (key == null) {
            throw ServiceException.validation(
                    "Either the KeyConditions or KeyConditionExpression parameter must be specified in the request.");
        }
        expressions.checkAllUsed();
        TableSchema table = tables.find(request.requiredText("TableName"));
        RangeRead.Source source = RangeRead.Source.of(table, request.text("IndexName"));
        String keyInFilter =
                filter == null ? null : KeyAttributesInFilter.first(filter, PrimaryKeys.names(source.key()));
        if (keyInFilter != null) {
            String parameter = request.has("QueryFilter") ? "QueryFilter" : "Filter Expression";
            throw ServiceException.validation(
                    parameter + " can only contain non-primary key attributes: Primary key attribute: " + keyInFilter);
        }
        boolean ascending = !request.has("ScanIndexForward") || request.flag("ScanIndexForward");
        return new RangeRead(
                request, source, KeyConditions.range(table, source.key(), key), ascending, filter, projection);
    }
}

package dev.meridian.table.operation;

import dev.meridian.table.definition.IndexSchema;
import dev.meridian.table.definition.TableLookup;
import dev.meridian.table.definition.TableSchema;
import dev.meridian.table.expression.Condition;
import dev.meridian.table.expression.ConditionPaths;
import dev.meridian.table.expression.DocumentPath;
import dev.meridian.table.expression.ExpressionKind;
import dev.meridian.table.index.IndexRows;
import dev.meridian.table.model.ServiceException;
import dev.meridian.table.model.Struct;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

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
        if (filter != null) {
            checkFilter(request, source, ConditionPaths.of(filter));
        }
        boolean ascending = !request.has("ScanIndexForward") || request.flag("ScanIndexForward");
        return new RangeRead(
                request, source, KeyConditions.range(table, source.key(), key), ascending, filter, projection);
    }

    private static void checkFilter(Struct request, RangeRead.Source source, List<DocumentPath> paths) {
        List<String> keys = PrimaryKeys.names(source.key());
        for (DocumentPath path : paths) {
            if (keys.contains(path.attribute())) {
                String parameter = request.has("QueryFilter") ? "QueryFilter" : "Filter Expression";
                throw ServiceException.validation(parameter
                        + " can only contain non-primary key attributes: Primary key attribute: " + path.attribute());
            }
        }
        IndexSchema index = source.index();
        if (index == null) {
            return;
        }
        Set<String> unseen = paths.stream()
                .map(DocumentPath::attribute)
                .filter(name -> !IndexRows.isProjected(source.table(), index, name))
                .collect(Collectors.toCollection(TreeSet::new));
        if (!unseen.isEmpty()) {
            throw ServiceException.validation("One or more parameter values were invalid: Secondary index "
                    + index.name() + " does not project one or more filter attributes: " + unseen);
        }
    }
}

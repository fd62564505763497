package dev.meridian.table.partiql;

import dev.meridian.table.expression.DocumentPath;
import dev.meridian.table.expression.InvalidExpressionException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.partiql.lang.domains.PartiqlAst;

/** From a {@code SELECT} to what it reads; the clauses DynamoDB has not are refused in the service's words. */
final class SelectTranslator {

    private static final int COMPONENTS_MAX = 2;

    private final ConditionTranslator conditions;

    SelectTranslator(ConditionTranslator conditions) {
        this.conditions = conditions;
    }

    Statement.Select select(PartiqlAst.Expr.Select select) {
        refuseClauses(select);
        List<String> from = from(select.getFrom());
        return new Statement.Select(
                from.get(0),
                from.size() > 1 ? from.get(1) : null,
                projection(select.getProject()),
                conditions.where(select.getWhere()),
                order(select.getOrder()));
    }

    private static void refuseClauses(PartiqlAst.Expr.Select select) {
        if (select.getSetq() instanceof PartiqlAst.SetQuantifier.Distinct) {
            throw new InvalidExpressionException("Unsupported token in expression: DISTINCT");
        }
        if (select.getGroup() != null) {
            throw new InvalidExpressionException("Unsupported clause: GROUP BY");
        }
        refuse("HAVING", select.getHaving());
        refuse("LIMIT", select.getLimit());
        if (select.getFromLet() != null) {
            throw new InvalidExpressionException("Unsupported clause: LET");
        }
    }

    private static void refuse(String clause, PartiqlAst.@Nullable Expr expression) {
        if (expression != null) {
            throw Place.invalid("Unsupported clause: " + clause, expression);
        }
    }

    /** A table's name, and the index's where there is one. */
    static List<String> from(PartiqlAst.@Nullable FromSource source) {
        if (source instanceof PartiqlAst.FromSource.Join) {
            throw new InvalidExpressionException("Only select from a single table or index is supported.");
        }
        if (!(source instanceof PartiqlAst.FromSource.Scan scan) || !Paths.isPath(scan.getExpr())) {
            throw new InvalidExpressionException("Unexpected from source");
        }
        if (scan.getAsAlias() != null || scan.getAtAlias() != null || scan.getByAlias() != null) {
            throw new InvalidExpressionException("Aliasing is not supported");
        }
        DocumentPath path = Paths.path(scan.getExpr());
        if (path.steps().size() > COMPONENTS_MAX) {
            throw new InvalidExpressionException("A path may contain at most 2 components in the FROM clause");
        }
        List<String> components = new ArrayList<>();
        for (Object step : path.steps()) {
            if (!(step instanceof String name)) {
                throw new InvalidExpressionException("Unexpected from source");
            }
            components.add(name);
        }
        return components;
    }

    private static @Nullable List<Statement.Column> projection(PartiqlAst.Projection projection) {
        if (projection instanceof PartiqlAst.Projection.ProjectStar) {
            return null;
        }
        if (!(projection instanceof PartiqlAst.Projection.ProjectList list)) {
            throw new InvalidExpressionException("Select projection doesn't support value or pivot keywords");
        }
        List<Statement.Column> columns = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (PartiqlAst.ProjectItem item : list.getProjectItems()) {
            Statement.Column column = column(item);
            if (!names.add(column.name())) {
                throw new InvalidExpressionException("Duplicate identifiers in select clause: " + column.name());
            }
            columns.add(column);
        }
        return columns;
    }

    private static Statement.Column column(PartiqlAst.ProjectItem item) {
        if (!(item instanceof PartiqlAst.ProjectItem.ProjectExpr column)) {
            throw new InvalidExpressionException("Changing item's hierarchy while reading isn't supported");
        }
        if (column.getAsAlias() != null) {
            throw new InvalidExpressionException("Aliasing is not supported");
        }
        if (!Paths.isPath(column.getExpr())) {
            throw Place.invalid("Unexpected path component", column.getExpr());
        }
        DocumentPath path = Paths.path(column.getExpr());
        return new Statement.Column(path, Paths.columnName(path));
    }

    private static List<Statement.Order> order(PartiqlAst.@Nullable OrderBy clause) {
        List<Statement.Order> terms = new ArrayList<>();
        if (clause != null) {
            for (PartiqlAst.SortSpec term : clause.getSortSpecs()) {
                if (!(term.getExpr() instanceof PartiqlAst.Expr.Id attribute)) {
                    throw Place.invalid("Unexpected path component", term.getExpr());
                }
                terms.add(new Statement.Order(
                        attribute.getName().getText(), term.getOrderingSpec() instanceof PartiqlAst.OrderingSpec.Desc));
            }
        }
        return terms;
    }
}

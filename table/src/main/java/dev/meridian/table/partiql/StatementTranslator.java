package dev.meridian.table.partiql;

import dev.meridian.table.expression.InvalidExpressionException;
import dev.meridian.table.value.AttributeValue;
import dev.meridian.table.value.Item;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.partiql.lang.domains.PartiqlAst;

/** From the library's tree to a {@link Statement}; refuses what PartiQL has and DynamoDB does not. */
final class StatementTranslator {

    private static final String WRONG_ITEM = "Unsupported format in item expression. Please use struct format {...} to "
            + "express item values for insert statement.";

    private final ValueTranslator values;
    private final ConditionTranslator conditions;
    private final SelectTranslator selects;

    StatementTranslator(List<AttributeValue> parameters) {
        this.values = new ValueTranslator(parameters);
        this.conditions = new ConditionTranslator(values);
        this.selects = new SelectTranslator(conditions);
    }

    Statement statement(PartiqlAst.Statement tree) {
        if (tree instanceof PartiqlAst.Statement.Query query) {
            return query(query.getExpr());
        } else if (tree instanceof PartiqlAst.Statement.Dml manipulation) {
            return manipulation(manipulation);
        } else if (tree instanceof PartiqlAst.Statement.Ddl definition) {
            return unsupported(definition.getOp());
        }
        return unsupported(tree);
    }

    private Statement query(PartiqlAst.Expr expression) {
        if (expression instanceof PartiqlAst.Expr.Select select) {
            return selects.select(select);
        }
        if (expression instanceof PartiqlAst.Expr.Call call
                && call.getFuncName().getText().equalsIgnoreCase("exists")
                && call.getArgs().size() == 1
                && call.getArgs().get(0) instanceof PartiqlAst.Expr.Select select) {
            return new Statement.Exists(selects.select(select));
        }
        return unsupported(expression);
    }

    private Statement manipulation(PartiqlAst.Statement.Dml statement) {
        List<PartiqlAst.DmlOp> operations = statement.getOperations().getOps();
        PartiqlAst.DmlOp first = operations.get(0);
        if (first instanceof PartiqlAst.DmlOp.InsertValue insert) {
            return insert(insert, statement.getReturning());
        } else if (first instanceof PartiqlAst.DmlOp.Insert) {
            return unsupported(first);
        }
        String table = table(statement.getFrom());
        Statement.Returning returning = returning(statement.getReturning());
        if (!(first instanceof PartiqlAst.DmlOp.Delete)) {
            return new Statement.Update(
                    table,
                    new UpdateTranslator(values).update(operations),
                    conditions.where(statement.getWhere()),
                    returning);
        }
        if (returning != Statement.Returning.NOTHING && returning != Statement.Returning.ALL_OLD) {
            throw new InvalidExpressionException("Invalid returning clause: RETURNING " + returning.text()
                    + ". Only RETURNING ALL OLD * is allowed in DELETE statements.");
        }
        return new Statement.Delete(table, conditions.where(statement.getWhere()), returning);
    }

    private Statement insert(PartiqlAst.DmlOp.InsertValue insert, PartiqlAst.@Nullable ReturningExpr returning) {
        if (insert.getIndex() != null) {
            throw Place.invalid("AT is not supported in insert statements.", insert);
        }
        if (insert.getOnConflict() != null) {
            throw new InvalidExpressionException("Unsupported clause: ON CONFLICT");
        }
        if (returning != null) {
            throw new InvalidExpressionException("RETURNING is not supported in INSERT");
        }
        if (!(insert.getTarget() instanceof PartiqlAst.Expr.Id table)) {
            throw new InvalidExpressionException(
                    "FROM clause may only contain a single table name in data manipulation statements");
        }
        if (!(insert.getValue() instanceof PartiqlAst.Expr.Struct item)) {
            throw Place.invalid(WRONG_ITEM, insert.getValue());
        }
        return new Statement.Insert(Paths.component(table.getName().getText()), new Item(values.item(item)));
    }

    private static String table(PartiqlAst.@Nullable FromSource source) {
        List<String> path = SelectTranslator.from(source);
        if (path.size() > 1) {
            throw new InvalidExpressionException("This operation is not supported on an index");
        }
        return path.get(0);
    }

    private static Statement.Returning returning(PartiqlAst.@Nullable ReturningExpr clause) {
        if (clause == null) {
            return Statement.Returning.NOTHING;
        }
        List<Statement.Returning> asked = new ArrayList<>();
        for (PartiqlAst.ReturningElem element : clause.getElems()) {
            if (!(element.getColumn() instanceof PartiqlAst.ColumnComponent.ReturningWildcard)) {
                throw new InvalidExpressionException(
                        "Expected '*' after ( MODIFIED | ALL ) ( NEW | OLD ) in RETURNING clause");
            }
            asked.add(returning(element.getMapping()));
        }
        if (asked.size() > 1) {
            throw new InvalidExpressionException("Invalid syntax with multiple returning elements in RETURNING clause");
        }
        return asked.get(0);
    }

    private static Statement.Returning returning(PartiqlAst.ReturningMapping mapping) {
        if (mapping instanceof PartiqlAst.ReturningMapping.AllOld) {
            return Statement.Returning.ALL_OLD;
        } else if (mapping instanceof PartiqlAst.ReturningMapping.AllNew) {
            return Statement.Returning.ALL_NEW;
        }
        return mapping instanceof PartiqlAst.ReturningMapping.ModifiedOld
                ? Statement.Returning.MODIFIED_OLD
                : Statement.Returning.MODIFIED_NEW;
    }

    private static Statement unsupported(PartiqlAst.PartiqlAstNode node) {
        return new Statement.Unsupported(Operators.kind(node));
    }
}

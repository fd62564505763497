package dev.meridian.table.partiql;

import java.util.Map;
import org.partiql.lang.domains.PartiqlAst;

/** What the kinds of expressions are called in errors. */
final class Operators {

    private static final Map<Class<?>, String> SYMBOLS = Map.ofEntries(
            Map.entry(PartiqlAst.Expr.Plus.class, "+"),
            Map.entry(PartiqlAst.Expr.Pos.class, "+"),
            Map.entry(PartiqlAst.Expr.Minus.class, "-"),
            Map.entry(PartiqlAst.Expr.Neg.class, "-"),
            Map.entry(PartiqlAst.Expr.Times.class, "*"),
            Map.entry(PartiqlAst.Expr.Divide.class, "/"),
            Map.entry(PartiqlAst.Expr.Modulo.class, "%"),
            Map.entry(PartiqlAst.Expr.Concat.class, "||"),
            Map.entry(PartiqlAst.Expr.Like.class, "like"),
            Map.entry(PartiqlAst.Expr.Eq.class, "="),
            Map.entry(PartiqlAst.Expr.Ne.class, "<>"),
            Map.entry(PartiqlAst.Expr.Lt.class, "<"),
            Map.entry(PartiqlAst.Expr.Lte.class, "<="),
            Map.entry(PartiqlAst.Expr.Gt.class, ">"),
            Map.entry(PartiqlAst.Expr.Gte.class, ">="),
            Map.entry(PartiqlAst.Expr.And.class, "and"),
            Map.entry(PartiqlAst.Expr.Or.class, "or"),
            Map.entry(PartiqlAst.Expr.Not.class, "not"),
            Map.entry(PartiqlAst.Expr.InCollection.class, "in"),
            Map.entry(PartiqlAst.Expr.Between.class, "between"),
            Map.entry(PartiqlAst.Expr.Missing.class, "MISSING"),
            Map.entry(PartiqlAst.Expr.Select.class, "SELECT"));

    private Operators() {}

    static boolean isOperator(PartiqlAst.Expr expression) {
        String symbol = SYMBOLS.get(expression.getClass());
        return symbol != null && !symbol.equals("MISSING") && !symbol.equals("SELECT");
    }

    /** An operator's symbol, a function's or a variable's name, else the kind. */
    static String shown(PartiqlAst.Expr expression) {
        if (expression instanceof PartiqlAst.Expr.Id id) {
            return id.getName().getText();
        } else if (expression instanceof PartiqlAst.Expr.Call call) {
            return call.getFuncName().getText();
        }
        return SYMBOLS.getOrDefault(expression.getClass(), kind(expression));
    }

    static String kind(PartiqlAst.PartiqlAstNode node) {
        return node.getClass().getSimpleName();
    }
}

package dev.meridian.table.operation;

import dev.meridian.table.definition.TableSchema;
import dev.meridian.table.expression.Condition;
import dev.meridian.table.expression.Operand;
import dev.meridian.table.index.KeyTypes;
import dev.meridian.table.model.ServiceException;
import dev.meridian.table.value.AttributeValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the terms of a statement's WHERE say of key attributes. */
final class KeyTerms {

    private KeyTerms() {}

    /** The terms that must all hold. */
    static List<Condition> conjuncts(@Nullable Condition where) {
        List<Condition> terms = new ArrayList<>();
        Condition rest = where;
        while (rest instanceof Condition.And and) {
            terms.addAll(0, conjuncts(and.right()));
            rest = and.left();
        }
        if (rest != null) {
            terms.add(0, rest);
        }
        return terms;
    }

    /**
     * The primary key to which terms pin an item.
     *
     * @param contradicted a key attribute that two terms pin to different values, or null
     */
    record Pinned(Map<String, AttributeValue> key, @Nullable String contradicted) {}

    /** The primary key to which the terms pin an item, as an UPDATE or DELETE must. */
    static Map<String, AttributeValue> mandatory(TableSchema table, @Nullable Condition where) {
        Pinned pinned = pinned(table, where);
        if (pinned == null) {
            throw ServiceException.validation(
                    "Where clause does not contain a mandatory equality on all key attributes");
        }
        if (pinned.contradicted() != null) {
            throw ServiceException.validation("Multiple conditions on same key " + pinned.contradicted()
                    + ". Only single item Update/Insert/Delete are supported");
        }
        return pinned.key();
    }

    /** The primary key, where the terms say that and nothing else; null where they do not. */
    static @Nullable Map<String, AttributeValue> keyAlone(TableSchema table, @Nullable Condition where) {
        Pinned pinned = pinned(table, where);
        return pinned != null && pinned.contradicted() == null && onlyPin(table, where) ? pinned.key() : null;
    }

    /** The primary key, where the terms say that and more besides; null where they do not. */
    static @Nullable Map<String, AttributeValue> keyAmongOthers(TableSchema table, @Nullable Condition where) {
        Pinned pinned = pinned(table, where);
        return pinned != null && pinned.contradicted() == null && !onlyPin(table, where) ? pinned.key() : null;
    }

    private static @Nullable Pinned pinned(TableSchema table, @Nullable Condition where) {
        List<Condition> terms = conjuncts(where);
        Map<String, AttributeValue> key = new LinkedHashMap<>();
        String contradicted = null;
        for (String name : PrimaryKeys.names(table.primaryKey())) {
            for (Condition term : terms) {
                AttributeValue value = equal(term, name);
                if (value == null) {
                    continue;
                }
                checkType(table, name, value);
                AttributeValue other = key.putIfAbsent(name, value);
                contradicted = other != null && !other.equals(value) ? name : contradicted;
            }
            if (!key.containsKey(name)) {
                return null;
            }
        }
        return new Pinned(key, contradicted);
    }

    private static boolean onlyPin(TableSchema table, @Nullable Condition where) {
        List<String> names = PrimaryKeys.names(table.primaryKey());
        return conjuncts(where).stream().allMatch(term -> names.stream().anyMatch(name -> equal(term, name) != null));
    }

    /** The value which the attribute must equal by this term, or null. */
    static @Nullable AttributeValue equal(Condition term, String attribute) {
        if (!(term instanceof Condition.Comparison comparison)
                || !comparison.operator().equals("=")) {
            return null;
        }
        if (isAttribute(comparison.left(), attribute)) {
            return literal(comparison.right());
        }
        return isAttribute(comparison.right(), attribute) ? literal(comparison.left()) : null;
    }

    /** The values with which this term narrows the attribute to a range; none where it does not. */
    static List<AttributeValue> bounds(Condition term, String attribute) {
        List<@Nullable AttributeValue> bounds = new ArrayList<>();
        if (term instanceof Condition.Comparison comparison
                && !comparison.operator().equals("<>")) {
            if (isAttribute(comparison.left(), attribute)) {
                bounds.add(literal(comparison.right()));
            } else if (isAttribute(comparison.right(), attribute)) {
                bounds.add(literal(comparison.left()));
            }
        } else if (term instanceof Condition.Between between && isAttribute(between.value(), attribute)) {
            bounds.add(literal(between.low()));
            bounds.add(literal(between.high()));
        } else if (term instanceof Condition.Test test
                && test.function().equals("begins_with")
                && isAttribute(test.arguments().get(0), attribute)) {
            bounds.add(literal(test.arguments().get(1)));
        }
        List<AttributeValue> known = new ArrayList<>();
        for (AttributeValue bound : bounds) {
            if (bound == null) {
                return List.of();
            }
            known.add(bound);
        }
        return known;
    }

    static boolean isAttribute(Operand operand, String attribute) {
        return operand instanceof Operand.AtPath at
                && at.path().isTopLevel()
                && at.path().attribute().equals(attribute);
    }

    private static @Nullable AttributeValue literal(Operand operand) {
        return operand instanceof Operand.Literal literal ? literal.value() : null;
    }

    static void checkType(TableSchema table, String name, AttributeValue value) {
        if (!KeyTypes.is(value, table.attributeTypes().get(name))) {
            throw ServiceException.validation(
                    "Key attribute's data type should match its data type in table's schema: Key " + name);
        }
    }
}

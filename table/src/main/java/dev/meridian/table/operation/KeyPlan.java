package dev.meridian.table.operation;

import dev.meridian.table.expression.Condition;
import dev.meridian.table.expression.ConditionAttributes;
import dev.meridian.table.expression.Operand;
import dev.meridian.table.key.KeyEncoder;
import dev.meridian.table.model.ServiceException;
import dev.meridian.table.partiql.Statement;
import dev.meridian.table.value.AttributeValue;
import dev.meridian.table.value.Binary;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Which keys a SELECT looks at. Its WHERE is taken apart into alternatives; where each of them pins the partition key, those
 * partition keys are queried, each within the bounds on its sort key, else everything is scanned. The condition as a whole
 * filters what is read.
 *
 * @param alternatives the terms of each alternative; empty where everything is scanned
 * @param ranges in the order in which they are to be read
 */
record KeyPlan(List<List<Condition>> alternatives, List<KeyConditions.Range> ranges, boolean ascending) {

    private static final int ALTERNATIVES_MAX = 100;

    boolean isKeyed() {
        return !alternatives.isEmpty();
    }

    static KeyPlan of(RangeRead.Source source, @Nullable Condition where, List<Statement.Order> order) {
        if (!order.isEmpty() && where == null) {
            throw ServiceException.validation("Must have WHERE clause in the statement when using ORDER BY clause.");
        }
        List<String> keys = PrimaryKeys.names(source.key());
        for (Statement.Order term : order) {
            if (!keys.contains(term.attribute())) {
                throw ServiceException.validation("Variable reference " + term.attribute()
                        + " in ORDER BY clause must be part of the primary key");
            }
        }
        List<List<Condition>> alternatives = where == null ? null : alternatives(where, keys);
        if (alternatives == null || !alternatives.stream().allMatch(terms -> pins(source, terms))) {
            if (!order.isEmpty()) {
                throw ServiceException.validation(
                        "Must have at least one non-optional hash key condition in WHERE clause when using ORDER BY "
                                + "clause.");
            }
            return new KeyPlan(List.of(), List.of(new KeyConditions.Range(new byte[0], null)), true);
        }
        return keyed(source, alternatives, order);
    }

    /** The alternatives of a condition as far as keys are concerned; null where there are too many. */
    private static @Nullable List<List<Condition>> alternatives(Condition condition, List<String> keys) {
        List<List<Condition>> found = List.of(List.of());
        for (Condition term : KeyTerms.conjuncts(condition)) {
            List<List<Condition>> ofTerm = alternativesOf(term, keys);
            if (ofTerm == null || (long) found.size() * ofTerm.size() > ALTERNATIVES_MAX) {
                return null;
            }
            List<List<Condition>> product = new ArrayList<>();
            for (List<Condition> before : found) {
                for (List<Condition> more : ofTerm) {
                    List<Condition> terms = new ArrayList<>(before);
                    terms.addAll(more);
                    product.add(terms);
                }
            }
            found = product;
        }
        return found;
    }

    private static @Nullable List<List<Condition>> alternativesOf(Condition term, List<String> keys) {
        if (term instanceof Condition.Or or && !Collections.disjoint(ConditionAttributes.of(term), keys)) {
            List<List<Condition>> left = alternatives(or.left(), keys);
            List<List<Condition>> right = alternatives(or.right(), keys);
            if (left == null || right == null || left.size() + right.size() > ALTERNATIVES_MAX) {
                return null;
            }
            List<List<Condition>> both = new ArrayList<>(left);
            both.addAll(right);
            return both;
        }
        if (term instanceof Condition.In in && keys.stream().anyMatch(key -> KeyTerms.isAttribute(in.value(), key))) {
            List<List<Condition>> choices = new ArrayList<>();
            for (Operand choice : in.choices()) {
                choices.add(List.of(new Condition.Comparison("=", in.value(), choice)));
            }
            return choices;
        }
        return List.of(List.of(term));
    }

    private static boolean pins(RangeRead.Source source, List<Condition> terms) {
        return source.key().hash().stream()
                .allMatch(name -> terms.stream().anyMatch(term -> KeyTerms.equal(term, name) != null));
    }

    private static KeyPlan keyed(
            RangeRead.Source source, List<List<Condition>> alternatives, List<Statement.Order> order) {
        TreeMap<Binary, List<Reach>> byPartitionKey = new TreeMap<>();
        for (List<Condition> terms : alternatives) {
            Reach reach = Reach.of(source, terms);
            byPartitionKey
                    .computeIfAbsent(reach.partitionKey(), none -> new ArrayList<>())
                    .add(reach);
        }
        List<String> hash = source.key().hash();
        boolean hashOrdered = order.stream().anyMatch(term -> hash.contains(term.attribute()));
        if (byPartitionKey.size() > 1 && !order.isEmpty() && !hashOrdered) {
            throw ServiceException.validation("Must have hash key in ORDER BY clause when more than one hash key "
                    + "condition specified in WHERE clause.");
        }
        boolean hashDescending = order.stream().anyMatch(term -> hash.contains(term.attribute()) && term.descending());
        boolean descending = order.stream().anyMatch(term -> !hash.contains(term.attribute()) && term.descending());
        List<KeyConditions.Range> ranges = new ArrayList<>();
        for (List<Reach> reaches : (hashDescending ? byPartitionKey.descendingMap() : byPartitionKey).values()) {
            List<KeyConditions.Range> apart = Reach.apart(reaches);
            if (descending) {
                Collections.reverse(apart);
            }
            ranges.addAll(apart);
        }
        return new KeyPlan(alternatives, ranges, !descending);
    }

    /**
     * How far one alternative reaches.
     *
     * @param partitionKey encoded, in DynamoDB's order
     * @param mayOverlap whether a bound of its sort key is negated: the service unites such an alternative with others, and
     *     refuses all other overlaps
     */
    private record Reach(Binary partitionKey, KeyConditions.Range range, boolean mayOverlap) {

        static Reach of(RangeRead.Source source, List<Condition> terms) {
            Condition pins = null;
            java.io.ByteArrayOutputStream partitionKey = new java.io.ByteArrayOutputStream();
            for (String name : source.key().hash()) {
                for (Condition term : terms) {
                    AttributeValue value = KeyTerms.equal(term, name);
                    if (value != null) {
                        KeyTerms.checkType(source.table(), name, value);
                        partitionKey.writeBytes(KeyEncoder.encode(value));
                        pins = pins == null ? term : new Condition.And(pins, term);
                        break;
                    }
                }
            }
            if (pins == null) {
                throw new IllegalStateException("an alternative without a partition key");
            }
            return new Reach(
                    new Binary(partitionKey.toByteArray()), range(source, terms, pins), hasNegatedBound(source, terms));
        }

        private static KeyConditions.Range range(
                RangeRead.Source source, List<Condition> terms, Condition partitionPins) {
            Condition pins = partitionPins;
            for (String name : source.key().range()) {
                Condition equal = null;
                KeyConditions.Range within = null;
                for (Condition term : terms) {
                    List<AttributeValue> bounds = KeyTerms.bounds(term, name);
                    if (bounds.isEmpty()) {
                        continue;
                    }
                    bounds.forEach(bound -> KeyTerms.checkType(source.table(), name, bound));
                    equal = equal == null && KeyTerms.equal(term, name) != null ? term : equal;
                    KeyConditions.Range one =
                            KeyConditions.range(source.table(), source.key(), new Condition.And(pins, term));
                    within = within == null ? one : within.and(one);
                }
                if (equal == null) {
                    return within == null ? KeyConditions.range(source.table(), source.key(), pins) : within;
                }
                if (within != null && within.isEmpty()) {
                    return within;
                }
                pins = new Condition.And(pins, equal);
            }
            return KeyConditions.range(source.table(), source.key(), pins);
        }

        private static boolean hasNegatedBound(RangeRead.Source source, List<Condition> terms) {
            return terms.stream()
                    .filter(term -> term instanceof Condition.Not
                            || term instanceof Condition.Comparison comparison
                                    && comparison.operator().equals("<>"))
                    .anyMatch(term -> !Collections.disjoint(
                            ConditionAttributes.of(term), source.key().range()));
        }

        /** The ranges of one partition key in ascending order, none of which shares a key with another. */
        static List<KeyConditions.Range> apart(List<Reach> reaches) {
            List<Reach> ascending = new ArrayList<>(reaches);
            ascending.removeIf(reach -> reach.range().isEmpty());
            ascending.sort(
                    Comparator.comparing(reach -> new Binary(reach.range().from())));
            List<KeyConditions.Range> apart = new ArrayList<>();
            Reach last = null;
            for (Reach next : ascending) {
                if (last == null || !last.range().reaches(next.range().from())) {
                    apart.add(next.range());
                    last = next;
                    continue;
                }
                if (!last.mayOverlap() && !next.mayOverlap()) {
                    throw ServiceException.validation(
                            "Overlapping conditions with range keys are not supported in where clause");
                }
                last = new Reach(last.partitionKey(), last.range().or(next.range()), true);
                apart.set(apart.size() - 1, last.range());
            }
            return apart;
        }
    }
}

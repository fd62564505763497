package dev.meridian.node.oracle;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Conditions and updates as requests said them before there were expressions. */
final class Legacy {

    private static final Map<String, String> COMPARISONS =
            Map.of("EQ", "=", "NE", "<>", "LT", "<", "LE", "<=", "GT", ">", "GE", ">=");
    private static final List<String> NAMES = List.of("a", "b", "c", "status", "odd name", "x.y");

    private final Chance chance;

    Legacy(Chance chance) {
        this.chance = chance;
    }

    /** Puts {@code Expected} into the request; gives what it means. */
    Cond expected(Map<String, Object> request) {
        Map<String, Object> expected = new LinkedHashMap<>();
        Cond all = one(expected, chance.pick(NAMES));
        String second = chance.pick(NAMES);
        if (chance.one(2) && !expected.containsKey(second)) {
            boolean isAnd = chance.random.nextBoolean();
            all = new Cond.Both(all, isAnd, one(expected, second));
            request.put("ConditionalOperator", isAnd ? "AND" : "OR");
        }
        request.put("Expected", expected);
        return all;
    }

    private Cond one(Map<String, Object> expected, String name) {
        Path path = Path.of(name);
        Attr value = chance.value(chance.pick(List.of("S", "N", "B")), 0);
        if (chance.one(4)) {
            boolean exists = chance.random.nextBoolean();
            expected.put(name, exists ? Map.of("Value", json(value)) : Map.of("Exists", false));
            return exists ? comparison(path, "EQ", value) : new Cond.Exists(path, false);
        }
        switch (chance.random.nextInt(4)) {
            case 0 -> {
                boolean exists = chance.random.nextBoolean();
                expected.put(name, Map.of("ComparisonOperator", exists ? "NOT_NULL" : "NULL"));
                return new Cond.Exists(path, exists);
            }
            case 1 -> {
                Attr other = chance.value(value.type(), 0);
                expected.put(name, operator("BETWEEN", value, other));
                return new Cond.Between(new Cond.At(path), value, other);
            }
            case 2 -> {
                expected.put(name, operator("CONTAINS", value));
                return new Cond.Test("contains", path, value);
            }
            default -> {
                String operator = chance.pick(List.copyOf(new java.util.TreeSet<>(COMPARISONS.keySet())));
                expected.put(name, operator(operator, value));
                return comparison(path, operator, value);
            }
        }
    }

    private static Cond comparison(Path path, String operator, Attr value) {
        return new Cond.Comparison(new Cond.At(path), COMPARISONS.getOrDefault(operator, "="), new Cond.Given(value));
    }

    private Map<String, Object> operator(String operator, Attr... values) {
        List<Object> list = new ArrayList<>();
        for (Attr value : values) {
            list.add(json(value));
        }
        return Map.of("ComparisonOperator", operator, "AttributeValueList", list);
    }

    private Object json(Attr value) {
        return value.toJson(chance.random);
    }

    /** Puts {@code AttributeUpdates} into the request; gives what they mean. */
    Change updates(Map<String, Object> request) {
        Map<String, Object> updates = new LinkedHashMap<>();
        List<Change.Action> actions = new ArrayList<>();
        for (int i = 1 + chance.random.nextInt(3); i > 0; i--) {
            String name = chance.pick(NAMES);
            if (!updates.containsKey(name)) {
                actions.add(update(updates, name));
            }
        }
        request.put("AttributeUpdates", updates);
        return new Change(actions);
    }

    private Change.Action update(Map<String, Object> updates, String name) {
        Path path = Path.of(name);
        switch (chance.random.nextInt(4)) {
            case 0 -> {
                updates.put(name, Map.of("Action", "DELETE"));
                return new Change.Remove(path);
            }
            case 1 -> {
                Attr less = chance.value(chance.pick(List.of("SS", "NS", "BS")), 0);
                updates.put(name, Map.of("Action", "DELETE", "Value", json(less)));
                return new Change.Delete(path, less);
            }
            case 2 -> {
                Attr more = chance.value(chance.pick(List.of("N", "SS", "NS")), 0);
                updates.put(name, Map.of("Action", "ADD", "Value", json(more)));
                return new Change.Add(path, more);
            }
            default -> {
                Attr value = chance.value(2);
                boolean told = chance.one(2) || KnownDifferences.needsAnAction();
                updates.put(name, told ? Map.of("Action", "PUT", "Value", json(value)) : Map.of("Value", json(value)));
                return new Change.Set(path, new Change.Value(value));
            }
        }
    }
}

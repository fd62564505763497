package dev.meridian.table.expression;

import dev.meridian.table.value.AttributeValue;
import dev.meridian.table.value.Binary;
import dev.meridian.table.value.InvalidValueException;
import dev.meridian.table.value.Item;
import dev.meridian.table.value.NumberText;
import dev.meridian.table.value.Utf8;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Applies a bound update to an item. Every value is computed from the image before; list elements are removed last, from
 * the back, so that indexes mean what they meant before.
 */
public final class UpdateEvaluator {

    private static final String INVALID_PATH =
            "The document path provided in the update expression is invalid for update";
    private static final String WRONG_TYPE = "An operand in the update expression has an incorrect data type";

    private final Item before;
    private Map<String, AttributeValue> attributes;

    private UpdateEvaluator(Item before) {
        this.before = before;
        this.attributes = new LinkedHashMap<>(before.attributes());
    }

    /**
     * The item after the update.
     *
     * @param before the item before, or one with only the key where there was none
     */
    public static Item apply(Update update, Item before) {
        UpdateEvaluator evaluator = new UpdateEvaluator(before);
        List<DocumentPath> removed = new ArrayList<>();
        for (Update.Action action : update.actions()) {
            if (evaluator.takesAllAway(action)) {
                removed.add(action.path());
            }
        }
        // Where there is nothing to remove, this still refuses a way that does not exist.
        removed.stream().filter(path -> path.find(before) == null).forEach(evaluator::remove);
        removed.removeIf(path -> path.find(before) == null);
        for (Update.Action action : update.actions()) {
            evaluator.apply(action);
        }
        removed.sort((one, two) -> compare(two.steps(), one.steps()));
        removed.forEach(evaluator::remove);
        return new Item(evaluator.attributes);
    }

    private boolean takesAllAway(Update.Action action) {
        if (action instanceof Update.Delete delete) {
            AttributeValue here = delete.path().find(before);
            return here == null || without(here, value(delete.value())) == null;
        }
        return action instanceof Update.Remove;
    }

    /** Orders the elements of a list, however deep below them a path ends. */
    private static int compare(List<Object> one, List<Object> two) {
        for (int i = 0; i < Math.min(one.size(), two.size()); i++) {
            if (one.get(i) instanceof Integer left && two.get(i) instanceof Integer right && !left.equals(right)) {
                return left.compareTo(right);
            }
            int order = one.get(i).toString().compareTo(two.get(i).toString());
            if (order != 0) {
                return order;
            }
        }
        return 0;
    }

    private void apply(Update.Action action) {
        if (action instanceof Update.Set set) {
            put(set.path(), value(set.value()));
        } else if (action instanceof Update.Add add) {
            AttributeValue sum = added(add.path().find(before), value(add.value()));
            put(add.path(), sum);
        } else if (action instanceof Update.Delete delete && !takesAllAway(delete)) {
            AttributeValue here = Objects.requireNonNull(delete.path().find(before));
            put(delete.path(), Objects.requireNonNull(without(here, value(delete.value()))));
        }
    }

    private AttributeValue value(Operand operand) {
        if (operand instanceof Operand.Literal literal) {
            return literal.value();
        } else if (operand instanceof Operand.AtPath at) {
            AttributeValue value = at.path().find(before);
            if (value == null) {
                throw new InvalidExpressionException(
                        "The provided expression refers to an attribute that does not exist in the item");
            }
            return value;
        } else if (operand instanceof Operand.Arithmetic sum) {
            BigDecimal left = number(value(sum.left()));
            BigDecimal right = number(value(sum.right()));
            return sum(left, sum.operator().equals("+") ? right : right.negate());
        }
        Operand.Call call = (Operand.Call) operand;
        if (call.function().equals("if_not_exists")) {
            AttributeValue here =
                    ((Operand.AtPath) call.arguments().get(0)).path().find(before);
            return here != null ? here : value(call.arguments().get(1));
        }
        List<AttributeValue> joined =
                new ArrayList<>(list(value(call.arguments().get(0))));
        joined.addAll(list(value(call.arguments().get(1))));
        return new AttributeValue.L(joined);
    }

    private static AttributeValue sum(BigDecimal left, BigDecimal right) {
        try {
            return new AttributeValue.N(NumberText.checked(left.add(right)));
        } catch (InvalidValueException outOfRange) {
            throw new InvalidExpressionException(String.valueOf(outOfRange.getMessage()));
        }
    }

    private static BigDecimal number(AttributeValue value) {
        if (value instanceof AttributeValue.N n) {
            return n.value();
        }
        throw new InvalidExpressionException(WRONG_TYPE);
    }

    private static List<AttributeValue> list(AttributeValue value) {
        if (value instanceof AttributeValue.L l) {
            return l.elements();
        }
        throw new InvalidExpressionException(WRONG_TYPE);
    }

    private static AttributeValue added(@Nullable AttributeValue here, AttributeValue more) {
        if (here == null) {
            return more;
        }
        if (here.getClass() != more.getClass()) {
            throw new InvalidExpressionException(WRONG_TYPE);
        }
        if (here instanceof AttributeValue.N n) {
            return sum(n.value(), ((AttributeValue.N) more).value());
        } else if (here instanceof AttributeValue.SS set) {
            return new AttributeValue.SS(
                    union(set.values(), ((AttributeValue.SS) more).values(), new TreeSet<>(Utf8.ORDER)));
        } else if (here instanceof AttributeValue.NS set) {
            return new AttributeValue.NS(union(set.values(), ((AttributeValue.NS) more).values(), new TreeSet<>()));
        } else if (here instanceof AttributeValue.BS set) {
            return new AttributeValue.BS(union(set.values(), ((AttributeValue.BS) more).values(), new TreeSet<>()));
        }
        throw new InvalidExpressionException(WRONG_TYPE);
    }

    private static <T> SortedSet<T> union(SortedSet<T> one, SortedSet<T> two, TreeSet<T> into) {
        into.addAll(one);
        into.addAll(two);
        return into;
    }

    /** The set without those elements; null where nothing is left, for there are no empty sets. */
    private static @Nullable AttributeValue without(AttributeValue here, AttributeValue less) {
        if (here.getClass() != less.getClass()) {
            throw new InvalidExpressionException(WRONG_TYPE);
        }
        if (here instanceof AttributeValue.SS set) {
            TreeSet<String> rest = new TreeSet<>(Utf8.ORDER);
            rest.addAll(set.values());
            rest.removeAll(((AttributeValue.SS) less).values());
            return rest.isEmpty() ? null : new AttributeValue.SS(rest);
        } else if (here instanceof AttributeValue.NS set) {
            TreeSet<BigDecimal> rest = new TreeSet<>(set.values());
            rest.removeAll(((AttributeValue.NS) less).values());
            return rest.isEmpty() ? null : new AttributeValue.NS(rest);
        } else if (here instanceof AttributeValue.BS set) {
            TreeSet<Binary> rest = new TreeSet<>(set.values());
            rest.removeAll(((AttributeValue.BS) less).values());
            return rest.isEmpty() ? null : new AttributeValue.BS(rest);
        }
        throw new InvalidExpressionException(WRONG_TYPE);
    }

    private void put(DocumentPath path, AttributeValue value) {
        if (path.isTopLevel()) {
            attributes.put(path.attribute(), value);
            return;
        }
        AttributeValue root = attributes.get(path.attribute());
        if (root == null) {
            throw new InvalidExpressionException(INVALID_PATH);
        }
        attributes.put(path.attribute(), replaced(root, path.steps(), 1, value));
    }

    private void remove(DocumentPath path) {
        if (path.isTopLevel()) {
            attributes.remove(path.attribute());
            return;
        }
        AttributeValue root = attributes.get(path.attribute());
        if (root == null) {
            throw new InvalidExpressionException(INVALID_PATH);
        }
        attributes.put(path.attribute(), replaced(root, path.steps(), 1, null));
    }

    /** A copy of the value in which what lies at the rest of the path is replaced, or removed where there is no new value. */
    private static AttributeValue replaced(
            AttributeValue here, List<Object> steps, int depth, @Nullable AttributeValue value) {
        boolean last = depth == steps.size() - 1;
        if (steps.get(depth) instanceof String name) {
            if (!(here instanceof AttributeValue.M map)) {
                throw new InvalidExpressionException(INVALID_PATH);
            }
            Map<String, AttributeValue> entries = new LinkedHashMap<>(map.entries());
            AttributeValue child = entries.get(name);
            if (last && value == null) {
                entries.remove(name);
            } else if (last) {
                entries.put(name, value);
            } else if (child == null) {
                throw new InvalidExpressionException(INVALID_PATH);
            } else {
                entries.put(name, replaced(child, steps, depth + 1, value));
            }
            return new AttributeValue.M(entries);
        }
        if (!(here instanceof AttributeValue.L list)) {
            throw new InvalidExpressionException(INVALID_PATH);
        }
        int index = (Integer) steps.get(depth);
        List<AttributeValue> elements = new ArrayList<>(list.elements());
        if (last && value == null) {
            if (index < elements.size()) {
                elements.remove(index);
            }
        } else if (last && index >= elements.size()) {
            elements.add(value);
        } else if (last) {
            elements.set(index, value);
        } else if (index >= elements.size()) {
            throw new InvalidExpressionException(INVALID_PATH);
        } else {
            elements.set(index, replaced(elements.get(index), steps, depth + 1, value));
        }
        return new AttributeValue.L(elements);
    }
}

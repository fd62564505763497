package dev.meridian.node.oracle;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A condition or filter, as a tree that can write itself down and knows whether an item meets it. */
sealed interface Cond {

    String text(Placeholders references);

    /** Refuses what cannot be right whatever the item. */
    void check();

    boolean holds(Map<String, Attr> item);

    /** What is compared: a path, a value, or the size of what is at a path. */
    sealed interface Operand {

        String text(Placeholders references);

        @Nullable
        Attr of(Map<String, Attr> item);
    }

    record At(Path path) implements Operand {

        @Override
        public String text(Placeholders references) {
            return references.path(path);
        }

        @Override
        public @Nullable Attr of(Map<String, Attr> item) {
            return path.find(item);
        }
    }

    record Given(Attr value) implements Operand {

        @Override
        public String text(Placeholders references) {
            return references.value(value);
        }

        @Override
        public Attr of(Map<String, Attr> item) {
            return value;
        }
    }

    record Size(Path path) implements Operand {

        @Override
        public String text(Placeholders references) {
            return "size(" + references.path(path) + ")";
        }

        @Override
        public @Nullable Attr of(Map<String, Attr> item) {
            Attr here = path.find(item);
            if (here == null) {
                return null;
            }
            return switch (here.type()) {
                case "S", "B" -> Attr.number(here.bytes().length);
                case "SS", "NS", "BS" -> Attr.number(here.members().size());
                case "L" -> Attr.number(here.elements().size());
                case "M" -> Attr.number(here.entries().size());
                default -> null;
            };
        }
    }

    record Comparison(Operand left, String operator, Operand right) implements Cond {

        @Override
        public String text(Placeholders references) {
            return left.text(references) + " " + operator + " " + right.text(references);
        }

        @Override
        public void check() {
            if (left instanceof At && left.equals(right)) {
                throw Refusal.invalid();
            }
            if (!operator.equals("=") && !operator.equals("<>")) {
                requireOrdered(left);
                requireOrdered(right);
            }
        }

        @Override
        public boolean holds(Map<String, Attr> item) {
            return compare(left.of(item), operator, right.of(item));
        }
    }

    record Between(Operand value, Attr low, Attr high) implements Cond {

        @Override
        public String text(Placeholders references) {
            return value.text(references) + " BETWEEN " + references.value(low) + " AND " + references.value(high);
        }

        @Override
        public void check() {
            if (!low.isOrdered() || !low.is(high.type()) || low.compare(high) > 0) {
                throw Refusal.invalid();
            }
        }

        @Override
        public boolean holds(Map<String, Attr> item) {
            Attr here = value.of(item);
            return compare(here, ">=", low) && compare(here, "<=", high);
        }
    }

    record In(Operand value, List<Attr> choices) implements Cond {

        @Override
        public String text(Placeholders references) {
            return value.text(references) + " IN ("
                    + String.join(", ", choices.stream().map(references::value).toList()) + ")";
        }

        @Override
        public void check() {}

        @Override
        public boolean holds(Map<String, Attr> item) {
            Attr here = value.of(item);
            return here != null && choices.contains(here);
        }
    }

    /** {@code attribute_exists}, {@code attribute_not_exists}. */
    record Exists(Path path, boolean wanted) implements Cond {

        @Override
        public String text(Placeholders references) {
            return (wanted ? "attribute_exists(" : "attribute_not_exists (") + references.path(path) + ")";
        }

        @Override
        public void check() {}

        @Override
        public boolean holds(Map<String, Attr> item) {
            return (path.find(item) != null) == wanted;
        }
    }

    /** {@code attribute_type}, {@code begins_with}, {@code contains}. */
    record Test(String function, Path path, Attr argument) implements Cond {

        private static final Set<String> TYPES = Set.of("S", "N", "B", "SS", "NS", "BS", "M", "L", "BOOL", "NULL");

        @Override
        public String text(Placeholders references) {
            return function + "(" + references.path(path) + ", " + references.value(argument) + ")";
        }

        @Override
        public void check() {
            boolean valid = switch (function) {
                case "attribute_type" -> argument.is("S") && TYPES.contains(argument.text());
                case "begins_with" -> argument.is("S") || argument.is("B");
                default -> true;
            };
            if (!valid) {
                throw Refusal.invalid();
            }
        }

        @Override
        public boolean holds(Map<String, Attr> item) {
            Attr here = path.find(item);
            if (here == null) {
                return false;
            }
            boolean alike = here.type().equals(argument.type());
            return switch (function) {
                case "attribute_type" -> here.is(argument.text());
                case "begins_with" -> alike && here.text().startsWith(argument.text());
                default ->
                    switch (here.type()) {
                        case "S", "B" -> alike && here.text().contains(argument.text());
                        case "SS", "NS", "BS" ->
                            here.type().equals(argument.type() + "S")
                                    && here.members().contains(argument.value());
                        case "L" -> here.elements().contains(argument);
                        default -> false;
                    };
            };
        }
    }

    record Both(Cond left, boolean isAnd, Cond right) implements Cond {

        @Override
        public String text(Placeholders references) {
            return inside(left, references) + (isAnd ? " AND " : " or ") + inside(right, references);
        }

        @Override
        public void check() {
            left.check();
            right.check();
        }

        @Override
        public boolean holds(Map<String, Attr> item) {
            return isAnd ? left.holds(item) && right.holds(item) : left.holds(item) || right.holds(item);
        }
    }

    record Not(Cond condition) implements Cond {

        @Override
        public String text(Placeholders references) {
            return "NOT " + inside(condition, references);
        }

        @Override
        public void check() {
            condition.check();
        }

        @Override
        public boolean holds(Map<String, Attr> item) {
            return !condition.holds(item);
        }
    }

    private static String inside(Cond condition, Placeholders references) {
        String text = condition.text(references);
        return condition instanceof Both || condition instanceof Not ? "(" + text + ")" : text;
    }

    private static void requireOrdered(Operand operand) {
        if (operand instanceof Given given && !given.value().isOrdered()) {
            throw Refusal.invalid();
        }
    }

    /** What is not there, or of another type, compares with nothing; only {@code <>} holds then. */
    static boolean compare(@Nullable Attr left, String operator, @Nullable Attr right) {
        if (left == null || right == null) {
            return operator.equals("<>");
        }
        if (operator.equals("=") || operator.equals("<>")) {
            return left.equals(right) == operator.equals("=");
        }
        if (!left.is(right.type()) || !left.isOrdered()) {
            return false;
        }
        int order = left.compare(right);
        return switch (operator) {
            case "<" -> order < 0;
            case "<=" -> order <= 0;
            case ">" -> order > 0;
            default -> order >= 0;
        };
    }
}

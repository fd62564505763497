package dev.meridian.node.oracle;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** An update, as actions that can write themselves down and know what becomes of an item. */
record Change(List<Action> actions) {

    /** Stands where something is to go once all else is done. */
    private static final Attr GONE = new Attr("gone", "");

    sealed interface Action {

        Path path();
    }

    record Set(Path path, Term term) implements Action {}

    record Remove(Path path) implements Action {}

    record Add(Path path, Attr value) implements Action {}

    record Delete(Path path, Attr value) implements Action {}

    /** What a value is set to. */
    sealed interface Term {}

    record Value(Attr value) implements Term {}

    record Copy(Path path) implements Term {}

    record IfNotExists(Path path, Term otherwise) implements Term {}

    record ListAppend(Term first, Term second) implements Term {}

    record Sum(Term left, String sign, Term right) implements Term {}

    List<Path> paths() {
        return actions.stream().map(Action::path).toList();
    }

    boolean onlyTakesAway() {
        return actions.stream().allMatch(action -> action instanceof Remove || action instanceof Delete);
    }

    /** Refuses what cannot be right whatever the item. */
    void check() {
        Path.refuseClashes(paths());
        for (Action action : actions) {
            if (action instanceof Add add
                    && !add.value().is("N")
                    && !add.value().isSet()) {
                throw Refusal.invalid();
            }
            if (action instanceof Delete delete && !delete.value().isSet()) {
                throw Refusal.invalid();
            }
            if (action instanceof Set set) {
                check(set.term());
            }
        }
    }

    private static void check(Term term) {
        if (term instanceof Sum sum) {
            require(sum.left(), "N");
            require(sum.right(), "N");
        } else if (term instanceof ListAppend joined) {
            require(joined.first(), "L");
            require(joined.second(), "L");
        } else if (term instanceof IfNotExists missing) {
            check(missing.otherwise());
            if (missing.otherwise() instanceof Copy copy && copy.path().equals(missing.path())) {
                throw Refusal.invalid();
            }
        }
    }

    private static void require(Term term, String type) {
        check(term);
        if (term instanceof Value given && !given.value().is(type)) {
            throw Refusal.invalid();
        }
    }

    /** The item after the update; all that is read is read before, and every path means what it meant before. */
    Map<String, Attr> apply(Map<String, Attr> before) {
        Map<String, Attr> after = before;
        List<Path> removed = new ArrayList<>();
        for (Action action : actions) {
            if (action instanceof Set set) {
                after = set.path().put(after, value(set.term(), before));
            } else if (action instanceof Add add) {
                after = add.path().put(after, sum(add.path().find(before), add.value()));
            } else if (action instanceof Delete delete) {
                delete.path().requireParent(before);
                Attr here = delete.path().find(before);
                Attr rest = here == null ? null : without(here, delete.value());
                if (rest != null) {
                    after = delete.path().put(after, rest);
                } else if (here != null) {
                    removed.add(delete.path());
                }
            } else {
                removed.add(action.path());
            }
        }
        for (Path path : removed) {
            path.requireParent(before);
            if (path.find(before) != null) {
                after = path.put(after, GONE);
            }
        }
        return swept(Attr.map(after)).entries();
    }

    private static Attr swept(Attr here) {
        if (here.is("M")) {
            Map<String, Attr> rest = new TreeMap<>();
            here.entries().forEach((name, entry) -> {
                if (!entry.is(GONE.type())) {
                    rest.put(name, swept(entry));
                }
            });
            return Attr.map(rest);
        }
        return here.is("L")
                ? Attr.list(here.elements().stream()
                        .filter(element -> !element.is(GONE.type()))
                        .map(Change::swept)
                        .toList())
                : here;
    }

    private static Attr value(Term term, Map<String, Attr> item) {
        if (term instanceof Value given) {
            return given.value();
        } else if (term instanceof Copy copy) {
            return found(copy.path().find(item));
        } else if (term instanceof IfNotExists missing) {
            Attr here = missing.path().find(item);
            return here == null ? value(missing.otherwise(), item) : here;
        } else if (term instanceof Sum sum) {
            Attr left = value(sum.left(), item);
            Attr right = value(sum.right(), item);
            if (!left.is("N") || !right.is("N")) {
                throw Refusal.invalid();
            }
            return total(
                    left.number(),
                    sum.sign().equals("+") ? right.number() : right.number().negate());
        }
        ListAppend joined = (ListAppend) term;
        Attr first = value(joined.first(), item);
        Attr second = value(joined.second(), item);
        if (!first.is("L") || !second.is("L")) {
            throw Refusal.invalid();
        }
        List<Attr> all = new ArrayList<>(first.elements());
        all.addAll(second.elements());
        return Attr.list(all);
    }

    private static Attr found(@Nullable Attr attr) {
        if (attr == null) {
            throw Refusal.invalid();
        }
        return attr;
    }

    private static Attr total(BigDecimal left, BigDecimal right) {
        BigDecimal total = left.add(right).stripTrailingZeros();
        if (total.precision() > 38 || total.precision() - total.scale() > 126) {
            throw Refusal.invalid();
        }
        return Attr.number(total);
    }

    private static Attr sum(@Nullable Attr here, Attr more) {
        if (here == null) {
            return more;
        }
        if (!here.is(more.type())) {
            throw Refusal.invalid();
        }
        if (more.is("N")) {
            return total(here.number(), more.number());
        }
        TreeSet<Object> union = new TreeSet<>(here.members());
        union.addAll(more.members());
        return Attr.set(here.type(), union);
    }

    /** The set without some elements; null where nothing is left. */
    private static @Nullable Attr without(Attr here, Attr less) {
        if (!here.is(less.type())) {
            throw Refusal.invalid();
        }
        TreeSet<Object> rest = new TreeSet<>(here.members());
        rest.removeAll(less.members());
        return rest.isEmpty() ? null : Attr.set(here.type(), rest);
    }

    String text(Placeholders references) {
        Map<String, List<String>> sections = new LinkedHashMap<>();
        for (Action action : actions) {
            String path = references.path(action.path());
            if (action instanceof Set set) {
                section(sections, "SET").add(path + " = " + text(set.term(), references));
            } else if (action instanceof Add add) {
                section(sections, "ADD").add(path + " " + references.value(add.value()));
            } else if (action instanceof Delete delete) {
                section(sections, "DELETE").add(path + " " + references.value(delete.value()));
            } else {
                section(sections, "remove").add(path);
            }
        }
        return String.join(
                " ",
                sections.entrySet().stream()
                        .map(section -> section.getKey() + " " + String.join(", ", section.getValue()))
                        .toList());
    }

    private static List<String> section(Map<String, List<String>> sections, String name) {
        return sections.computeIfAbsent(name, none -> new ArrayList<>());
    }

    private static String text(Term term, Placeholders references) {
        if (term instanceof Value given) {
            return references.value(given.value());
        } else if (term instanceof Copy copy) {
            return references.path(copy.path());
        } else if (term instanceof IfNotExists missing) {
            return "if_not_exists(" + references.path(missing.path()) + ", " + text(missing.otherwise(), references)
                    + ")";
        } else if (term instanceof Sum sum) {
            return text(sum.left(), references) + " " + sum.sign() + " " + text(sum.right(), references);
        }
        ListAppend joined = (ListAppend) term;
        return "list_append(" + text(joined.first(), references) + ", " + text(joined.second(), references) + ")";
    }
}

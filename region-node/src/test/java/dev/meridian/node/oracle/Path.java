package dev.meridian.node.oracle;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A document path: names and list indexes. */
record Path(List<Object> steps) {

    static Path of(Object... steps) {
        return new Path(List.of(steps));
    }

    String attribute() {
        return (String) steps.get(0);
    }

    boolean isTopLevel() {
        return steps.size() == 1;
    }

    boolean hasIndex() {
        return steps.stream().anyMatch(Integer.class::isInstance);
    }

    @Nullable
    Attr find(Map<String, Attr> item) {
        Attr here = Attr.map(item);
        for (Object step : steps) {
            if (step instanceof String name && here.is("M")) {
                here = here.entries().get(name);
            } else if (step instanceof Integer index
                    && here.is("L")
                    && index < here.elements().size()) {
                here = here.elements().get(index);
            } else {
                return null;
            }
            if (here == null) {
                return null;
            }
        }
        return here;
    }

    /** The item with a value at the path; past a list's end it is appended. Refused where the way there does not exist. */
    Map<String, Attr> put(Map<String, Attr> item, Attr value) {
        return change(Attr.map(item), 0, parent -> {
                    Object last = steps.get(steps.size() - 1);
                    if (last instanceof String name) {
                        Map<String, Attr> entries = new TreeMap<>(parent.entries());
                        entries.put(name, value);
                        return Attr.map(entries);
                    }
                    int index = (Integer) last;
                    List<Attr> elements = new ArrayList<>(parent.elements());
                    if (index < elements.size()) {
                        elements.set(index, value);
                    } else {
                        elements.add(value);
                    }
                    return Attr.list(elements);
                })
                .entries();
    }

    /** Refuses where the way to the last step does not exist. */
    void requireParent(Map<String, Attr> item) {
        change(Attr.map(item), 0, parent -> parent);
    }

    private Attr change(Attr here, int depth, Function<Attr, Attr> atParent) {
        Object step = steps.get(depth);
        if (!here.is(step instanceof String ? "M" : "L")) {
            throw Refusal.invalid();
        }
        if (depth == steps.size() - 1) {
            return atParent.apply(here);
        }
        if (step instanceof String name) {
            Attr child = here.entries().get(name);
            if (child == null) {
                throw Refusal.invalid();
            }
            Map<String, Attr> entries = new TreeMap<>(here.entries());
            entries.put(name, change(child, depth + 1, atParent));
            return Attr.map(entries);
        }
        int index = (Integer) step;
        if (index >= here.elements().size()) {
            throw Refusal.invalid();
        }
        List<Attr> elements = new ArrayList<>(here.elements());
        elements.set(index, change(elements.get(index), depth + 1, atParent));
        return Attr.list(elements);
    }

    /** Whether two paths cannot stand in one update or projection: one leads through the other, or they part by kind. */
    boolean clashes(Path other) {
        int shorter = Math.min(steps.size(), other.steps.size());
        for (int i = 0; i < shorter; i++) {
            Object mine = steps.get(i);
            Object theirs = other.steps.get(i);
            if (!mine.equals(theirs)) {
                return mine.getClass() != theirs.getClass();
            }
        }
        return true;
    }

    static void refuseClashes(List<Path> paths) {
        for (int i = 0; i < paths.size(); i++) {
            for (int j = i + 1; j < paths.size(); j++) {
                if (paths.get(i).clashes(paths.get(j))) {
                    throw Refusal.invalid();
                }
            }
        }
    }

    /** What of the item these paths pick out; list elements close up. */
    static Map<String, Attr> project(List<Path> paths, Map<String, Attr> item) {
        Picked root = new Picked();
        for (Path path : paths) {
            if (path.find(item) != null) {
                root.add(path.steps());
            }
        }
        return root.names.isEmpty() ? Map.of() : root.of(Attr.map(item)).entries();
    }

    /** A tree of steps that were asked for; without children: all of it. */
    private static final class Picked {

        private final TreeMap<Integer, Picked> indexes = new TreeMap<>();
        private final TreeMap<String, Picked> names = new TreeMap<>();

        void add(List<Object> steps) {
            if (steps.isEmpty()) {
                return;
            }
            Picked child = steps.get(0) instanceof String name
                    ? names.computeIfAbsent(name, none -> new Picked())
                    : indexes.computeIfAbsent((Integer) steps.get(0), none -> new Picked());
            child.add(steps.subList(1, steps.size()));
        }

        Attr of(Attr here) {
            if (!names.isEmpty()) {
                Map<String, Attr> entries = new TreeMap<>();
                names.forEach((name, picked) -> entries.put(name, picked.of(child(here, name))));
                return Attr.map(entries);
            }
            if (!indexes.isEmpty()) {
                List<Attr> elements = new ArrayList<>();
                indexes.forEach((index, picked) ->
                        elements.add(picked.of(here.elements().get(index))));
                return Attr.list(elements);
            }
            return here;
        }

        private static Attr child(Attr map, String name) {
            return java.util.Objects.requireNonNull(map.entries().get(name));
        }
    }
}

package dev.meridian.node.oracle;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/** Values, paths, conditions and updates by chance, out of few enough that they meet. */
final class Chance {

    private static final List<String> TYPES = List.of("S", "N", "B", "SS", "NS", "BS", "M", "L", "BOOL", "NULL");
    private static final List<String> NAMES = List.of("a", "b", "c", "l", "g", "n", "status", "odd name", "x.y");
    private static final List<String> TEXTS = List.of("a", "b", "ab", "abc", "", "é", "\ud83d\ude00", "z", "S", "NS");
    private static final List<String> NUMBERS = List.of(
            "0",
            "1",
            "2",
            "3",
            "-1",
            "1.5",
            "-1.5",
            "10",
            "100",
            "1e20",
            "-1e20",
            "0.001",
            "1e-130",
            "9.9e125",
            "12345678901234567890123456789012345678");

    final Random random;

    Chance(long seed) {
        random = new Random(seed);
    }

    boolean one(int in) {
        return random.nextInt(in) == 0;
    }

    <T> T pick(List<T> from) {
        return from.get(random.nextInt(from.size()));
    }

    BigDecimal number() {
        return new BigDecimal(pick(one(8) ? NUMBERS : NUMBERS.subList(0, 6)));
    }

    Attr value(int depth) {
        return value(pick(depth > 0 ? TYPES : TYPES.subList(0, 6)), depth);
    }

    Attr value(String type, int depth) {
        switch (type) {
            case "S", "B" -> {
                String text = pick(TEXTS);
                if (type.equals("S") && KnownDifferences.countsCharacters()) {
                    return new Attr(type, text.replaceAll("[^a-zA-Z]", "y"));
                }
                return new Attr(type, type.equals("B") && !text.matches("\\p{ASCII}*") ? "\u00ff\0" : text);
            }
            case "N" -> {
                return Attr.number(number());
            }
            case "BOOL" -> {
                return new Attr(type, random.nextBoolean());
            }
            case "NULL" -> {
                return new Attr(type, true);
            }
            case "M" -> {
                Map<String, Attr> entries = new TreeMap<>();
                for (int i = random.nextInt(4); i > 0; i--) {
                    entries.put(pick(NAMES), value(depth - 1));
                }
                return Attr.map(entries);
            }
            case "L" -> {
                List<Attr> elements = new ArrayList<>();
                for (int i = random.nextInt(4); i > 0; i--) {
                    elements.add(value(depth - 1));
                }
                return Attr.list(elements);
            }
            default -> {
                List<Object> members = new ArrayList<>();
                for (int i = 1 + random.nextInt(3); i > 0; i--) {
                    members.add(value(type.substring(0, 1), 0).value());
                }
                return Attr.set(type, members);
            }
        }
    }

    /** A key attribute's value; now and then one that cannot be. */
    Attr keyValue(String name, String type) {
        if (one(60)) {
            return value(1);
        }
        return switch (name) {
            case "p" -> Attr.string(pick(List.of("a", "b", "c")));
            case "s" -> Attr.number(new BigDecimal(pick(List.of("-1.5", "0", "1", "2", "10", "1e20", "0.001"))));
            case "id" -> new Attr("B", pick(List.of("a", "b", "\0", "\u00ff", "aa")));
            default -> value(type, 0);
        };
    }

    Map<String, Attr> key(Schema schema) {
        Map<String, Attr> key = new TreeMap<>();
        for (String name : schema.key().names()) {
            key.put(name, keyValue(name, schema.types().getOrDefault(name, "S")));
        }
        if (one(80)) {
            key.put("a", value(0));
        } else if (one(80)) {
            key.remove(schema.key().partition());
        }
        return key;
    }

    Map<String, Attr> item(Schema schema) {
        Map<String, Attr> item = new TreeMap<>();
        for (int i = random.nextInt(6); i > 0; i--) {
            String name = pick(NAMES);
            String type = schema.types().get(name);
            item.put(name, type == null || one(40) ? value(3) : keyValue(name, type));
        }
        item.putAll(key(schema));
        return item;
    }

    Path path() {
        List<Object> steps = new ArrayList<>(List.of(pick(NAMES)));
        boolean isKey = "lgn".contains(steps.get(0).toString());
        while ((!isKey || !KnownDifferences.takesAnythingAsKey()) && one(3) && steps.size() < 4) {
            steps.add(random.nextBoolean() ? pick(NAMES.subList(0, 4)) : (Object) random.nextInt(3));
        }
        return new Path(steps);
    }

    List<Path> paths() {
        List<Path> paths = new ArrayList<>();
        for (int i = 1 + random.nextInt(3); i > 0; i--) {
            paths.add(one(6) ? Path.of(pick(List.of("p", "s", "id"))) : path());
        }
        return paths;
    }

    Cond condition(int depth) {
        if (depth > 0 && one(2)) {
            return one(4)
                    ? new Cond.Not(condition(depth - 1))
                    : new Cond.Both(condition(depth - 1), random.nextBoolean(), condition(depth - 1));
        }
        Cond.Operand subject = one(4) ? new Cond.Size(path()) : new Cond.At(path());
        return switch (random.nextInt(6)) {
            case 0 -> new Cond.Between(subject, value(random.nextInt(20) == 0 ? 1 : 0), value(0));
            case 1 -> new Cond.In(subject, List.of(value(2), value(1), value(0)));
            case 2, 3 -> new Cond.Exists(path(), random.nextBoolean());
            case 4 ->
                new Cond.Test(
                        pick(List.of("attribute_type", "begins_with", "contains")),
                        path(),
                        one(10) ? value(2) : value(pick(List.of("S", "N", "B")), 0));
            default ->
                new Cond.Comparison(
                        subject,
                        pick(List.of("=", "<>", "<", "<=", ">", ">=")),
                        one(5) ? new Cond.At(path()) : new Cond.Given(one(8) ? value(2) : value("N", 0)));
        };
    }

    Change change() {
        List<Change.Action> actions = new ArrayList<>();
        for (int i = 1 + random.nextInt(3); i > 0; i--) {
            Path path = one(50) ? Path.of("p") : path();
            while (KnownDifferences.takesAnythingAsKey() && "lgn".contains(path.attribute())) {
                path = path();
            }
            actions.add(
                    switch (random.nextInt(6)) {
                        case 0 -> new Change.Remove(path);
                        case 1 -> new Change.Add(path, value(one(15) ? "S" : pick(List.of("N", "SS", "NS")), 0));
                        case 2 -> new Change.Delete(path, value(one(15) ? "N" : pick(List.of("SS", "NS", "BS")), 0));
                        default -> new Change.Set(path, term(2));
                    });
        }
        return new Change(actions);
    }

    private Change.Term term(int depth) {
        if (depth == 0 || one(2)) {
            return one(4) ? new Change.Copy(path()) : new Change.Value(value(2));
        }
        return switch (random.nextInt(3)) {
            case 0 ->
                new Change.IfNotExists(
                        path(), KnownDifferences.readsWhatIsNotNeeded() ? new Change.Value(value(2)) : term(0));
            case 1 -> new Change.Sum(ofType("N"), one(2) ? "+" : "-", ofType("N"));
            default -> new Change.ListAppend(ofType("L"), ofType("L"));
        };
    }

    private Change.Term ofType(String type) {
        return switch (random.nextInt(4)) {
            case 0 -> new Change.Copy(path());
            case 1 -> new Change.IfNotExists(path(), new Change.Value(value(type, 1)));
            default -> new Change.Value(one(20) ? value(1) : value(type, 1));
        };
    }
}

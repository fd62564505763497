package dev.meridian.node.fuzz;

import static dev.meridian.node.fuzz.Hostile.pick;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Expressions out of the grammar, of which some have tokens missing, doubled, strange or out of place. */
final class Expressions {

    private static final Pattern TOKEN = Pattern.compile("[#:]?\\w+|\\s+|<>|<=|>=|.", Pattern.DOTALL);
    private static final List<String> NAMES =
            List.of("p", "s", "l", "g", "a", "b", "m", "z", "n", "t", "q", "#p", "#m", "#a", "#odd", "size", "name");
    private static final List<String> COMPARED = List.of("=", "<>", "<", "<=", ">", ">=");
    private static final List<String> STRANGE = List.of(
            "(",
            ")",
            "[",
            "]",
            "[0]",
            "[-1]",
            "[99999999999999999999]",
            "[1.5]",
            ".",
            "..",
            ",",
            "=",
            "<>",
            "==",
            "!=",
            "#",
            ":",
            "#p",
            ":v0",
            ":none",
            "#none",
            "AND",
            "OR",
            "NOT",
            "BETWEEN",
            "IN",
            "SET",
            "REMOVE",
            "ADD",
            "DELETE",
            "size(",
            "attribute_exists",
            "if_not_exists(",
            "list_append",
            "contains(",
            "nothing(",
            "+",
            "-",
            "*",
            "'",
            "\"",
            "\\",
            "\u0000",
            "\u00e9",
            "\ud83d\ude00",
            "\t",
            "0",
            "1e5",
            "null",
            "true",
            "?",
            ";",
            "--",
            "<<",
            ">>",
            "{",
            "}");
    private static final Map<String, String> ATTRIBUTES =
            Map.of("#p", "p", "#m", "m", "#a", "a", "#odd", "odd name.[0]", "#none", "none");
    private static final List<String> VALUES = List.of(
            "{\"S\":\"a\"}",
            "{\"N\":\"1\"}",
            "{\"N\":\"2.5\"}",
            "{\"S\":\"x\"}",
            "{\"SS\":[\"a\"]}",
            "{\"NS\":[\"1\",\"3\"]}",
            "{\"L\":[{\"N\":\"1\"}]}",
            "{\"M\":{\"a\":{\"S\":\"b\"}}}",
            "{\"B\":\"YQ==\"}",
            "{\"BOOL\":true}",
            "{\"NULL\":true}",
            "{\"N\":\"9.9E+125\"}");

    private final Random random;

    Expressions(Random random) {
        this.random = random;
    }

    /** Puts an expression of its kind there, and as a rule what its references stand for. */
    void replace(Node.Members request, String member) {
        String text = switch (member) {
            case "UpdateExpression" -> update();
            case "ProjectionExpression" -> list(1 + random.nextInt(4));
            case "KeyConditionExpression" -> key();
            case "Statement" -> statement();
            default -> condition(random.nextInt(4));
        };
        request.set(member, Node.string(random.nextInt(3) == 0 ? broken(text) : text));
        if (random.nextInt(8) > 0 && !member.equals("Statement")) {
            bind(request);
        }
    }

    /** The same text with some tokens broken. */
    String broken(String text) {
        List<String> tokens = new ArrayList<>(
                TOKEN.matcher(text).results().map(found -> found.group()).toList());
        for (int changes = 1 + random.nextInt(3); changes > 0; changes--) {
            int at = random.nextInt(tokens.size() + 1);
            String strange = pick(STRANGE, random);
            switch (at == tokens.size() ? 0 : random.nextInt(6)) {
                case 0 -> tokens.add(at, strange);
                case 1 -> tokens.remove(at);
                case 2 -> tokens.set(at, strange);
                case 3 -> tokens.add(at, tokens.get(at));
                case 4 -> tokens.set(at, tokens.get(random.nextInt(tokens.size())));
                default -> tokens.set(at, Hostile.repeated(tokens.get(at), random));
            }
        }
        return String.join("", tokens);
    }

    private void bind(Node.Members request) {
        Set<String> references = new TreeSet<>();
        for (int i = 0; i < request.names().size(); i++) {
            if (request.names().get(i).endsWith("Expression")
                    && request.values().get(i) instanceof Node.Leaf leaf) {
                TOKEN.matcher(leaf.text()).results().forEach(found -> references.add(found.group()));
            }
        }
        Map<String, Node> names = new TreeMap<>();
        Map<String, Node> values = new TreeMap<>();
        for (String reference : references) {
            if (reference.startsWith("#") && reference.length() > 1) {
                names.put(reference, Node.string(ATTRIBUTES.getOrDefault(reference, reference.substring(1))));
            } else if (reference.startsWith(":") && reference.length() > 1) {
                values.put(
                        reference, random.nextInt(20) == 0 ? Hostile.any(random) : new Node.Leaf(pick(VALUES, random)));
            }
        }
        give(request, "ExpressionAttributeNames", names);
        give(request, "ExpressionAttributeValues", values);
    }

    private static void give(Node.Members request, String member, Map<String, Node> references) {
        int at = request.names().indexOf(member);
        if (at >= 0) {
            request.remove(at);
        }
        if (!references.isEmpty()) {
            Node.Members object = Node.object();
            references.forEach(object::add);
            request.add(member, object);
        }
    }

    private String condition(int depth) {
        if (depth > 0 && random.nextInt(3) > 0) {
            String left = condition(depth - 1);
            return switch (random.nextInt(4)) {
                case 0 -> left + " AND " + condition(depth - 1);
                case 1 -> left + " or " + condition(depth - 1);
                case 2 -> "NOT " + left;
                default -> "(" + left + ")";
            };
        }
        return switch (random.nextInt(6)) {
            case 0 -> operand() + " " + pick(COMPARED, random) + " " + operand();
            case 1 -> operand() + " BETWEEN " + operand() + " AND " + operand();
            case 2 -> operand() + " IN (" + operand() + ", " + operand() + ")";
            case 3 -> "attribute_" + (random.nextBoolean() ? "exists(" : "not_exists(") + path() + ")";
            case 4 -> "attribute_type(" + path() + ", " + value() + ")";
            default -> (random.nextBoolean() ? "contains(" : "begins_with(") + path() + ", " + operand() + ")";
        };
    }

    private String operand() {
        return switch (random.nextInt(5)) {
            case 0 -> path();
            case 1 -> "size(" + path() + ")";
            default -> value();
        };
    }

    private String value() {
        return ":v" + random.nextInt(5);
    }

    private String path() {
        StringBuilder path = new StringBuilder(pick(NAMES, random));
        while (random.nextInt(4) == 0) {
            path.append(random.nextBoolean() ? "." + pick(NAMES, random) : "[" + random.nextInt(4) + "]");
        }
        return path.toString();
    }

    private String list(int paths) {
        List<String> all = new ArrayList<>();
        for (int i = 0; i < paths; i++) {
            all.add(path());
        }
        return String.join(", ", all);
    }

    private String key() {
        String sort = switch (random.nextInt(4)) {
            case 0 -> "s BETWEEN :v1 AND :v2";
            case 1 -> "begins_with(l, :v1)";
            default -> pick(NAMES, random) + " " + pick(COMPARED, random) + " :v1";
        };
        String partition = pick(NAMES, random) + " = :v0";
        return random.nextBoolean() ? "p = :v0 AND " + sort : sort + " AND (" + partition + ")";
    }

    private String update() {
        StringBuilder text = new StringBuilder();
        for (int clauses = 1 + random.nextInt(3); clauses > 0; clauses--) {
            text.append(
                    switch (random.nextInt(6)) {
                        case 0 -> "REMOVE " + list(1 + random.nextInt(2)) + " ";
                        case 1 -> "ADD " + path() + " " + value() + " ";
                        case 2 -> "DELETE " + path() + " " + value() + " ";
                        default -> "SET " + path() + " = " + term() + ", " + path() + " = " + term() + " ";
                    });
        }
        return text.toString();
    }

    private String term() {
        return switch (random.nextInt(6)) {
            case 0 -> path();
            case 1 -> path() + " + " + value();
            case 2 -> value() + " - " + path();
            case 3 -> "if_not_exists(" + path() + ", " + value() + ")";
            case 4 -> "list_append(" + path() + ", " + value() + ")";
            default -> value();
        };
    }

    private String statement() {
        String where =
                " WHERE p = 'a' AND " + condition(1).replaceAll(":v\\d", "?").replace("#", "");
        return switch (random.nextInt(4)) {
            case 0 -> "UPDATE \"fuzz-table\" SET " + path() + " = 1" + where;
            case 1 -> "DELETE FROM \"fuzz-table\"" + where;
            case 2 ->
                "INSERT INTO \"fuzz-table\" VALUE {'p': 'f', 's': " + random.nextInt(9) + ", 'a': [1, {'b': null}]}";
            default -> "SELECT " + list(2) + " FROM \"fuzz-table\"" + where + " ORDER BY s DESC";
        };
    }
}

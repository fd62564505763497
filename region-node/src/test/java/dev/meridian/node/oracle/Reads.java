package dev.meridian.node.oracle;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** GetItem, Query and Scan. */
final class Reads {

    private final Chance chance;

    Reads(Chance chance) {
        this.chance = chance;
    }

    /** A condition on a sort key: its operator and its one or two operands. */
    private record SortCondition(String operator, List<Attr> operands) {

        boolean holds(Attr value) {
            Attr first = operands.get(0);
            return switch (operator) {
                case "BETWEEN" -> value.compare(first) >= 0 && value.compare(operands.get(1)) <= 0;
                case "begins_with" -> value.text().startsWith(first.text());
                default -> Cond.compare(value, operator, first);
            };
        }

        void check(String type) {
            for (Attr operand : operands) {
                boolean empty = !operand.is("N")
                        && operand.isOrdered()
                        && operand.text().isEmpty();
                if (!operand.is(type) || empty) {
                    throw Refusal.invalid();
                }
            }
            if (operator.equals("BETWEEN") && operands.get(0).compare(operands.get(1)) > 0) {
                throw Refusal.invalid();
            }
        }

        String text(String name, Placeholders references) {
            String first = references.value(operands.get(0));
            return switch (operator) {
                case "BETWEEN" -> name + " BETWEEN " + first + " AND " + references.value(operands.get(1));
                case "begins_with" -> "begins_with(" + name + ", " + first + ")";
                default -> name + " " + operator + " " + first;
            };
        }
    }

    Step get(Shelf shelf) {
        Map<String, Object> request = request(shelf);
        Map<String, Attr> key = chance.key(shelf.schema());
        request.put("Key", Attr.toJson(key, chance.random));
        Placeholders references = new Placeholders(chance.random);
        List<Path> projection = projection(request, references);
        references.addTo(request);
        return new Step("GetItem", request, () -> {
            Path.refuseClashes(projection);
            if (references.leadIntoKeys(shelf.schema())) {
                throw Refusal.invalid();
            }
            Map<String, Attr> item = shelf.get(key);
            return item == null ? new TreeMap<>() : new TreeMap<>(Map.of("Item", projected(projection, item)));
        });
    }

    private Map<String, Object> request(Shelf shelf) {
        Map<String, Object> request =
                new TreeMap<>(Map.of("TableName", shelf.schema().table()));
        if (chance.one(2)) {
            request.put("ConsistentRead", chance.random.nextBoolean());
        }
        return request;
    }

    private List<Path> projection(Map<String, Object> request, Placeholders references) {
        if (!chance.one(3)) {
            return List.of();
        }
        List<Path> paths = chance.paths();
        request.put(
                "ProjectionExpression",
                String.join(", ", paths.stream().map(references::path).toList()));
        return paths;
    }

    private static Map<String, Attr> projected(List<Path> paths, Map<String, Attr> item) {
        return paths.isEmpty() ? item : Path.project(paths, item);
    }

    Step query(Shelf shelf) {
        Schema schema = shelf.schema();
        Schema.Index index = index(shelf);
        Schema.Key key = index == null ? schema.key() : index.key();
        Map<String, Object> request = request(shelf);
        Placeholders references = new Placeholders(chance.random);
        String partitionType = Shelf.type(schema, key.partition());
        Attr partition = chance.keyValue(key.partition(), partitionType);
        String keys = references.name(key.partition()) + " = " + references.value(partition);
        SortCondition sort = key.sort() == null || chance.one(2) ? null : sort(schema, key.sort());
        if (sort != null && key.sort() != null) {
            String more = sort.text(references.name(key.sort()), references);
            keys = chance.one(3) ? "(" + more + ") AND " + keys : keys + " and " + more;
        }
        request.put("KeyConditionExpression", keys);
        boolean backwards = chance.one(3);
        if (backwards) {
            request.put("ScanIndexForward", false);
        }
        Predicate<Map<String, Attr>> inRange = item -> partition.equals(item.get(key.partition()))
                && (sort == null || key.sort() != null && sort.holds(Shelf.attr(item, key.sort())));
        Runnable checkKeys = () -> {
            new SortCondition("=", List.of(partition)).check(partitionType);
            if (sort != null && key.sort() != null) {
                sort.check(Shelf.type(schema, key.sort()));
            }
        };
        return ranged("Query", shelf, index, request, references, inRange, checkKeys, backwards);
    }

    private SortCondition sort(Schema schema, String name) {
        String operator = chance.pick(List.of("=", "<", "<=", ">", ">=", "BETWEEN", "begins_with"));
        String type = Shelf.type(schema, name);
        if (operator.equals("begins_with") && type.equals("N")) {
            operator = "=";
        }
        Attr first = chance.keyValue(name, type);
        return new SortCondition(
                operator, operator.equals("BETWEEN") ? List.of(first, chance.keyValue(name, type)) : List.of(first));
    }

    private Schema.@Nullable Index index(Shelf shelf) {
        List<Schema.Index> indexes = shelf.schema().indexes();
        return indexes.isEmpty() || chance.one(2) ? null : chance.pick(indexes);
    }

    Step scan(Shelf shelf) {
        Map<String, Object> request = request(shelf);
        return ranged(
                "Scan", shelf, index(shelf), request, new Placeholders(chance.random), item -> true, () -> {}, false);
    }

    private Step ranged(
            String operation,
            Shelf shelf,
            Schema.@Nullable Index index,
            Map<String, Object> request,
            Placeholders references,
            Predicate<Map<String, Attr>> inRange,
            Runnable checkKeys,
            boolean backwards) {
        boolean isQuery = operation.equals("Query");
        Schema schema = shelf.schema();
        if (index != null) {
            request.put("IndexName", index.name());
        }
        Cond filter = chance.one(2) ? chance.condition(1) : null;
        Set<String> filtered = new HashSet<>();
        if (filter != null) {
            filtered.addAll(Placeholders.of(filter).attributes());
            request.put("FilterExpression", filter.text(references));
        }
        List<Path> projection = projection(request, references);
        boolean countOnly = projection.isEmpty() && chance.one(5);
        if (countOnly) {
            request.put("Select", "COUNT");
        }
        boolean mayBeOne = isQuery && index == null && schema.key().sort() == null;
        int limit = !mayBeOne && chance.one(3) ? 1 + chance.random.nextInt(6) : 0;
        if (limit > 0) {
            request.put("Limit", limit);
        }
        references.addTo(request);
        return new Step(operation, request, () -> {
            checkKeys.run();
            if (filter != null) {
                filter.check();
                Schema.Key key = index == null ? schema.key() : index.key();
                boolean keyed = key.names().stream().anyMatch(filtered::contains);
                boolean unseen = index != null && filtered.stream().anyMatch(name -> !schema.shows(index, name));
                if (isQuery && (keyed || unseen)) {
                    throw Refusal.invalid();
                }
            }
            Path.refuseClashes(projection);
            if (references.leadIntoKeys(shelf.schema())) {
                throw Refusal.invalid();
            }
            if (index != null && !index.local()) {
                checkGlobal(schema, index, request, projection);
            }
            List<Map<String, Attr>> rows = new ArrayList<>(index == null ? shelf.all() : shelf.all(index));
            rows.removeIf(inRange.negate());
            if (backwards) {
                java.util.Collections.reverse(rows);
            }
            int scanned = rows.size();
            rows.removeIf(row -> filter != null && !filter.holds(row));
            List<?> items = rows.stream().map(row -> projected(projection, row)).toList();
            Map<String, Object> expected = new TreeMap<>(Map.of("Count", rows.size(), "ScannedCount", scanned));
            if (limit > 0 && scanned >= limit) {
                expected.put("Pages", scanned / limit);
            }
            if (!countOnly) {
                expected.put("Items", isQuery && index == null ? items : Outcome.inAnyOrder(items));
            }
            return expected;
        });
    }

    private static void checkGlobal(
            Schema schema, Schema.Index index, Map<String, Object> request, List<Path> projection) {
        if (Boolean.TRUE.equals(request.get("ConsistentRead"))) {
            throw Refusal.invalid();
        }
        if (projection.stream().anyMatch(path -> !schema.shows(index, path.attribute()))) {
            throw Refusal.invalid();
        }
    }
}

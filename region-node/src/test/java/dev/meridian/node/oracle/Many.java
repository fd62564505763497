package dev.meridian.node.oracle;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** BatchWriteItem, BatchGetItem, TransactWriteItems and TransactGetItems. */
final class Many {

    private static final int ITEMS_MAX = 6;

    private final Chance chance;
    private final Writes writes;
    private final List<Shelf> shelves;

    Many(Chance chance, List<Shelf> shelves) {
        this.chance = chance;
        this.writes = new Writes(chance);
        this.shelves = shelves;
    }

    /** One item of many: where it is, and its key. */
    private record Target(Shelf shelf, Map<String, Attr> key) {

        void check() {
            shelf.requireKey(key);
        }

        boolean isKey() {
            return !isRefused(this::check);
        }
    }

    private static boolean isRefused(Runnable check) {
        try {
            check.run();
            return false;
        } catch (Refusal refusal) {
            return true;
        }
    }

    private static void refuseTwice(List<Target> targets) {
        targets.forEach(Target::check);
        Set<Target> seen = new HashSet<>();
        for (Target target : targets) {
            if (!seen.add(target)) {
                throw Refusal.invalid();
            }
        }
    }

    Step batchWrite() {
        Map<String, Object> tables = new LinkedHashMap<>();
        List<Target> targets = new ArrayList<>();
        List<Runnable> effects = new ArrayList<>();
        List<Runnable> checks = new ArrayList<>();
        for (int i = 1 + chance.random.nextInt(ITEMS_MAX); i > 0; i--) {
            Shelf shelf = chance.pick(shelves);
            Object request;
            if (chance.one(3)) {
                Map<String, Attr> key = chance.key(shelf.schema());
                targets.add(new Target(shelf, key));
                effects.add(() -> shelf.remove(key));
                request = Map.of("DeleteRequest", Map.of("Key", Attr.toJson(key, chance.random)));
            } else {
                Map<String, Attr> item = chance.item(shelf.schema());
                Map<String, Attr> key = new TreeMap<>(item);
                key.keySet().retainAll(shelf.schema().key().names());
                targets.add(new Target(shelf, key));
                checks.add(() -> shelf.requireKeys(item));
                effects.add(() -> shelf.put(item));
                request = Map.of("PutRequest", Map.of("Item", Attr.toJson(item, chance.random)));
            }
            Json.list(tables.computeIfAbsent(shelf.schema().table(), none -> new ArrayList<>()))
                    .add(request);
        }
        return new Step("BatchWriteItem", Map.of("RequestItems", tables), () -> {
            checks.forEach(Runnable::run);
            refuseTwice(targets);
            effects.forEach(Runnable::run);
            return new TreeMap<>(Map.of("UnprocessedItems", Map.of()));
        });
    }

    Step batchGet() {
        Map<String, Object> tables = new LinkedHashMap<>();
        List<Target> targets = new ArrayList<>();
        for (int i = 1 + chance.random.nextInt(ITEMS_MAX); i > 0; i--) {
            Shelf shelf = chance.pick(shelves);
            Map<String, Attr> key = chance.key(shelf.schema());
            targets.add(new Target(shelf, key));
            Object keys = Json.map(tables.computeIfAbsent(
                            shelf.schema().table(), none -> new TreeMap<>(Map.of("Keys", new ArrayList<>()))))
                    .get("Keys");
            Json.list(keys == null ? List.of() : keys).add(Attr.toJson(key, chance.random));
        }
        return new Step("BatchGetItem", Map.of("RequestItems", tables), () -> {
            refuseTwice(targets);
            Map<String, Object> responses = new TreeMap<>();
            tables.keySet().forEach(table -> responses.put(table, new ArrayList<>()));
            for (Target target : targets) {
                Map<String, Attr> item = target.shelf().get(target.key());
                if (item != null) {
                    Json.list(responses, target.shelf().schema().table()).add(item);
                }
            }
            responses.replaceAll((table, items) -> Outcome.inAnyOrder(Json.list(items)));
            return new TreeMap<>(Map.of("Responses", responses, "UnprocessedKeys", Map.of()));
        });
    }

    Step transactGet() {
        List<Object> actions = new ArrayList<>();
        List<Target> targets = new ArrayList<>();
        for (int i = 1 + chance.random.nextInt(ITEMS_MAX); i > 0; i--) {
            Shelf shelf = chance.pick(shelves);
            Map<String, Attr> key = chance.key(shelf.schema());
            targets.add(new Target(shelf, key));
            actions.add(
                    Map.of("Get", Map.of("TableName", shelf.schema().table(), "Key", Attr.toJson(key, chance.random))));
        }
        return new Step("TransactGetItems", Map.of("TransactItems", actions), () -> {
            List<Object> reasons = new ArrayList<>();
            for (Target target : targets) {
                reasons.add(Map.of("Code", target.isKey() ? "None" : "ValidationError"));
            }
            if (reasons.toString().contains("ValidationError")) {
                return cancelled(reasons);
            }
            refuseTwice(targets);
            List<Object> found = new ArrayList<>();
            for (Target target : targets) {
                Map<String, Attr> item = target.shelf().get(target.key());
                found.add(item == null ? Map.of() : item);
            }
            return new TreeMap<>(Map.of("Responses", found));
        });
    }

    private static Map<String, Object> cancelled(List<Object> reasons) {
        Map<String, Object> refusal = Outcome.refusal("TransactionCanceledException");
        refusal.put("reasons", reasons);
        return refusal;
    }

    Step transactWrite() {
        List<Writes.Write> parts = new ArrayList<>();
        List<Object> actions = new ArrayList<>();
        for (int i = 1 + chance.random.nextInt(4); i > 0; i--) {
            Shelf shelf = chance.pick(shelves);
            Writes.Write write = switch (chance.random.nextInt(4)) {
                case 0 -> writes.put(shelf, false);
                case 1 -> writes.delete(shelf, false);
                case 2 -> writes.update(shelf, false);
                default -> check(shelf);
            };
            parts.add(write);
            actions.add(Map.of(write.operation().replace("Item", ""), write.request()));
        }
        return new Step("TransactWriteItems", Map.of("TransactItems", actions), () -> transacted(parts));
    }

    private Writes.Write check(Shelf shelf) {
        Map<String, Object> request =
                new TreeMap<>(Map.of("TableName", shelf.schema().table()));
        Map<String, Attr> key = writes.key(shelf, request);
        Placeholders references = new Placeholders(chance.random);
        Cond condition = chance.condition(1);
        request.put("ConditionExpression", condition.text(references));
        boolean shows = writes.showItem(request);
        boolean sound = writes.finish(request, references);
        return new Writes.Write(
                "ConditionCheck",
                shelf,
                request,
                key,
                () -> Writes.check(shelf, sound, condition),
                () -> shelf.requireKey(key),
                condition,
                shows,
                before -> before,
                (before, after) -> Map.of());
    }

    private static Map<String, Object> transacted(List<Writes.Write> parts) {
        parts.forEach(part -> part.check().run());
        List<Object> unfit = new ArrayList<>();
        for (Writes.Write part : parts) {
            unfit.add(Map.of("Code", isRefused(part.fits()) ? "ValidationError" : "None"));
        }
        if (unfit.toString().contains("ValidationError")) {
            return cancelled(unfit);
        }
        refuseTwice(
                parts.stream().map(part -> new Target(part.shelf(), part.key())).toList());
        List<Object> reasons = new ArrayList<>();
        List<Map<String, Attr>> after = new ArrayList<>();
        for (Writes.Write part : parts) {
            Map<String, Object> reason = new TreeMap<>(Map.of("Code", "None"));
            if (!part.isMet()) {
                reason.put("Code", "ConditionalCheckFailed");
                if (part.showsItem() && !part.before().isEmpty()) {
                    reason.put("Item", part.before());
                }
            } else {
                try {
                    after.add(part.after());
                } catch (Refusal refusal) {
                    reason.put("Code", "ValidationError");
                }
            }
            reasons.add(reason);
        }
        if (after.size() < parts.size()) {
            return cancelled(reasons);
        }
        for (int i = 0; i < parts.size(); i++) {
            parts.get(i).store(after.get(i));
        }
        return new TreeMap<>();
    }
}

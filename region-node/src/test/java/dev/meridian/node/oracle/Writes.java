package dev.meridian.node.oracle;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** PutItem, UpdateItem and DeleteItem. */
final class Writes {

    private final Chance chance;

    Writes(Chance chance) {
        this.chance = chance;
    }

    /**
     * One write to one item, by itself or in a transaction.
     *
     * @param request what is sent
     * @param check refuses what no table could mend
     * @param fits refuses what no item of the table could mend
     * @param condition null: none
     * @param change from the item, or one of the key alone, to what it becomes; an empty map where it goes
     * @param returned gives what is returned, of the items before and after; empty for nothing
     */
    record Write(
            String operation,
            Shelf shelf,
            Map<String, Object> request,
            Map<String, Attr> key,
            Runnable check,
            Runnable fits,
            @Nullable Cond condition,
            boolean showsItem,
            UnaryOperator<Map<String, Attr>> change,
            Returned returned) {

        Map<String, Attr> before() {
            Map<String, Attr> item = shelf.get(key);
            return item == null ? Map.of() : item;
        }

        boolean isMet() {
            return condition == null || condition.holds(before());
        }

        /** The item it would leave; refuses what cannot be. */
        Map<String, Attr> after() {
            Map<String, Attr> after = change.apply(before());
            if (!after.isEmpty()) {
                shelf.requireKeys(after);
            }
            return after;
        }

        void store(Map<String, Attr> after) {
            if (after.isEmpty()) {
                shelf.remove(key);
            } else {
                shelf.put(after);
            }
        }

        private Map<String, Object> expected() {
            check.run();
            fits.run();
            Map<String, Attr> before = before();
            if (!isMet()) {
                Map<String, Object> refusal = Outcome.refusal("ConditionalCheckFailedException");
                if (showsItem && !before.isEmpty()) {
                    refusal.put("Item", before);
                }
                return refusal;
            }
            Map<String, Attr> after = after();
            store(after);
            Map<String, Attr> shown = returned.of(before, after);
            return shown.isEmpty() ? new TreeMap<>() : new TreeMap<>(Map.of("Attributes", shown));
        }
    }

    /** What a write gives back. */
    interface Returned {

        Map<String, Attr> of(Map<String, Attr> before, Map<String, Attr> after);
    }

    Step step(Shelf shelf) {
        Write write = switch (chance.random.nextInt(5)) {
            case 0, 1 -> put(shelf, true);
            case 2 -> delete(shelf, true);
            default -> update(shelf, true);
        };
        return new Step(write.operation(), write.request(), write::expected);
    }

    Write put(Shelf shelf, boolean alone) {
        Map<String, Object> request =
                new TreeMap<>(Map.of("TableName", shelf.schema().table()));
        Map<String, Attr> item = chance.item(shelf.schema());
        request.put("Item", Attr.toJson(item, chance.random));
        Placeholders references = new Placeholders(chance.random);
        Cond condition = alone && chance.one(5) ? new Legacy(chance).expected(request) : condition(request, references);
        boolean shows = showItem(request);
        boolean sound = finish(request, references);
        String returns = returns(request, alone, List.of("NONE", "ALL_OLD"));
        return new Write(
                "PutItem",
                shelf,
                request,
                keyOf(shelf, item),
                () -> check(shelf, sound, condition),
                () -> shelf.requireKeys(item),
                condition,
                shows,
                before -> item,
                (before, after) -> returns.equals("ALL_OLD") ? before : Map.of());
    }

    private static Map<String, Attr> keyOf(Shelf shelf, Map<String, Attr> item) {
        Map<String, Attr> key = new TreeMap<>(item);
        key.keySet().retainAll(shelf.schema().key().names());
        return key;
    }

    Write delete(Shelf shelf, boolean alone) {
        Map<String, Object> request =
                new TreeMap<>(Map.of("TableName", shelf.schema().table()));
        Map<String, Attr> key = key(shelf, request);
        Placeholders references = new Placeholders(chance.random);
        Cond condition = alone && chance.one(5) ? new Legacy(chance).expected(request) : condition(request, references);
        boolean shows = showItem(request);
        boolean sound = finish(request, references);
        String returns = returns(request, alone, List.of("NONE", "ALL_OLD"));
        return new Write(
                "DeleteItem",
                shelf,
                request,
                key,
                () -> check(shelf, sound, condition),
                () -> shelf.requireKey(key),
                condition,
                shows,
                before -> Map.of(),
                (before, after) -> returns.equals("ALL_OLD") ? before : Map.of());
    }

    Write update(Shelf shelf, boolean alone) {
        Map<String, Object> request =
                new TreeMap<>(Map.of("TableName", shelf.schema().table()));
        Map<String, Attr> key = key(shelf, request);
        Placeholders references = new Placeholders(chance.random);
        boolean legacy = alone && chance.one(5);
        Change change = legacy ? new Legacy(chance).updates(request) : chance.change();
        Cond condition;
        if (legacy) {
            condition = chance.one(2) ? null : new Legacy(chance).expected(request);
        } else {
            request.put("UpdateExpression", change.text(references));
            condition = condition(request, references);
        }
        boolean shows = showItem(request);
        boolean sound = finish(request, references);
        String returns = returns(request, alone, List.of("NONE", "ALL_OLD", "ALL_NEW", "UPDATED_OLD", "UPDATED_NEW"));
        return new Write(
                "UpdateItem",
                shelf,
                request,
                key,
                () -> {
                    check(shelf, sound, condition);
                    change.check();
                },
                () -> {
                    shelf.requireKey(key);
                    if (change.paths().stream()
                            .anyMatch(path -> shelf.schema().key().names().contains(path.attribute()))) {
                        throw Refusal.invalid();
                    }
                },
                condition,
                shows,
                before -> updated(change, key, before),
                (before, after) -> switch (returns) {
                    case "ALL_OLD" -> before;
                    case "ALL_NEW" -> after;
                    case "UPDATED_OLD" -> Path.project(change.paths(), before);
                    case "UPDATED_NEW" -> Path.project(change.paths(), after);
                    default -> Map.of();
                });
    }

    /** Nothing comes to be by taking away alone. */
    private static Map<String, Attr> updated(Change change, Map<String, Attr> key, Map<String, Attr> before) {
        Map<String, Attr> after = change.apply(before.isEmpty() ? key : before);
        boolean nothing = change.onlyTakesAway() && !KnownDifferences.makesItemsByTakingAway();
        return before.isEmpty() && nothing ? Map.of() : after;
    }

    Map<String, Attr> key(Shelf shelf, Map<String, Object> request) {
        Map<String, Attr> key = chance.key(shelf.schema());
        request.put("Key", Attr.toJson(key, chance.random));
        return key;
    }

    @Nullable
    Cond condition(Map<String, Object> request, Placeholders references) {
        if (chance.one(2)) {
            return null;
        }
        Cond condition = chance.condition(2);
        request.put("ConditionExpression", condition.text(references));
        return condition;
    }

    boolean showItem(Map<String, Object> request) {
        boolean shows = chance.one(3);
        if (shows) {
            request.put("ReturnValuesOnConditionCheckFailure", "ALL_OLD");
        }
        return shows;
    }

    /** Adds the references; false where one is among them that nothing uses. */
    boolean finish(Map<String, Object> request, Placeholders references) {
        if (chance.one(60)) {
            references.spoil(request);
            return false;
        }
        references.addTo(request);
        return true;
    }

    private String returns(Map<String, Object> request, boolean alone, List<String> choices) {
        if (!alone) {
            return "NONE";
        }
        String returns = chance.pick(choices);
        request.put("ReturnValues", returns);
        return returns;
    }

    static void check(Shelf shelf, boolean sound, @Nullable Cond condition) {
        if (!sound) {
            throw Refusal.invalid();
        }
        if (condition != null) {
            condition.check();
            if (Placeholders.of(condition).leadIntoKeys(shelf.schema())) {
                throw Refusal.invalid();
            }
        }
    }
}

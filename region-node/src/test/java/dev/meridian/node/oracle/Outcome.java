package dev.meridian.node.oracle;

import dev.meridian.node.wire.RawHttp;
import dev.meridian.node.wire.WireTarget;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Answers in a form that compares: attribute values by value, pages put together, lists without an order sorted. */
final class Outcome {

    private Outcome() {}

    /** Sends the step, all of its pages, and gives what came of it. */
    static Map<String, Object> of(Step step) {
        Map<String, Object> request = new TreeMap<>(step.request());
        Map<String, Object> whole = new TreeMap<>();
        while (true) {
            RawHttp.Response response = WireTarget.call(step.operation(), Json.write(request));
            Map<String, Object> answer = Json.read(response.text());
            if (response.status() != 200) {
                return refusal(answer);
            }
            Object next = answer.remove("LastEvaluatedKey");
            merge(whole, comparable(answer));
            if (next == null) {
                if (!isOrdered(step) && whole.containsKey("Items")) {
                    whole.put("Items", inAnyOrder(Json.list(whole, "Items")));
                }
                return whole;
            }
            whole.merge("Pages", 1, (before, more) -> (Integer) before + (Integer) more);
            request.put("ExclusiveStartKey", next);
        }
    }

    /** Among items with one sort key of an index there is no order, nor among those of a scan. */
    private static boolean isOrdered(Step step) {
        return step.operation().equals("Query") && !step.request().containsKey("IndexName");
    }

    static Map<String, Object> refusal(String type) {
        return new TreeMap<>(Map.of("refused", type));
    }

    private static Map<String, Object> refusal(Map<String, Object> answer) {
        String type = String.valueOf(answer.get("__type"));
        Map<String, Object> refusal = refusal(type.substring(type.indexOf('#') + 1));
        if (answer.containsKey("Item")) {
            refusal.put("Item", Attr.itemOf(Json.map(answer.get("Item"))));
        }
        if (answer.containsKey("CancellationReasons")) {
            List<Object> reasons = new ArrayList<>();
            for (Object reason : Json.list(answer, "CancellationReasons")) {
                Map<String, Object> shown =
                        new TreeMap<>(Map.of("Code", Json.map(reason).get("Code")));
                Map<String, Attr> item = item(reason);
                if (!item.isEmpty()) {
                    shown.put("Item", item);
                }
                reasons.add(shown);
            }
            refusal.put("reasons", reasons);
        }
        return refusal;
    }

    /** The item that a reason or a response holds; empty where it holds none. */
    private static Map<String, Attr> item(Object holder) {
        Object item = Json.map(holder).get("Item");
        return item == null ? Map.of() : Attr.itemOf(item);
    }

    private static void merge(Map<String, Object> whole, Map<String, Object> page) {
        page.forEach((name, value) -> whole.merge(name, value, (before, more) -> {
            if (before instanceof Integer count) {
                return count + (Integer) more;
            }
            List<Object> all = new ArrayList<>(Json.list(before));
            all.addAll(Json.list(more));
            return all;
        }));
    }

    private static Map<String, Object> comparable(Map<String, Object> answer) {
        Map<String, Object> outcome = new TreeMap<>();
        answer.forEach((name, value) -> {
            switch (name) {
                case "Item", "Attributes" -> outcome.put(name, Attr.itemOf(value));
                case "Items" ->
                    outcome.put(
                            name, Json.list(value).stream().map(Attr::itemOf).toList());
                case "Count", "ScannedCount" -> outcome.put(name, ((BigDecimal) value).intValue());
                case "ConsumedCapacity" -> {
                    // Nobody asked; DynamoDB Local tells it at times.
                }
                case "Responses" -> outcome.put(name, responses(value));
                default -> outcome.put(name, value);
            }
        });
        return outcome;
    }

    /** Of BatchGetItem by table and in no order; of TransactGetItems in the order of the request. */
    private static Object responses(Object value) {
        if (value instanceof List<?>) {
            return Json.list(value).stream().map(Outcome::item).toList();
        }
        Map<String, Object> tables = new TreeMap<>();
        Json.map(value)
                .forEach((table, items) -> tables.put(
                        table,
                        inAnyOrder(Json.list(items).stream().map(Attr::itemOf).toList())));
        return tables;
    }

    /** The same list in an order that depends on nothing but what is in it. */
    static List<Object> inAnyOrder(List<?> items) {
        return items.stream()
                .<Object>map(item -> item)
                .sorted(java.util.Comparator.comparing(String::valueOf))
                .toList();
    }
}

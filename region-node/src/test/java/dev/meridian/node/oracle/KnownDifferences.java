package dev.meridian.node.oracle;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Where another implementation differs from the service, by {@code docs/differences.md}. Of Meridian nothing is excused. */
final class KnownDifferences {

    private static final boolean ELSEWHERE = !System.getProperty("target", "").isEmpty();

    private KnownDifferences() {}

    static boolean explain(Step step, Map<String, Object> expected, Map<String, Object> actual) {
        if (!ELSEWHERE || expected.equals(actual)) {
            return false;
        }
        return switch (step.operation()) {
            // What is refused whole and what action by action, and with which reasons.
            case "TransactWriteItems", "TransactGetItems" -> isRefused(expected) && isRefused(actual);
            // The condition is looked at before a change of keys is refused.
            case "UpdateItem" ->
                isRefused(expected) && "ConditionalCheckFailedException".equals(actual.get("refused"))
                        || showsWholeLists(step);
            // A range that ends with the page has no next page; the filter of an index sees what is not projected.
            case "Query" -> withoutPages(expected).equals(withoutPages(actual));
            case "Scan" -> step.request().containsKey("IndexName");
            // Keys are told apart by how their numbers are written.
            case "BatchGetItem" -> isRefused(expected) && actual.containsKey("Responses");
            default -> false;
        };
    }

    private static Map<String, Object> withoutPages(Map<String, Object> outcome) {
        Map<String, Object> rest = new TreeMap<>(outcome);
        rest.remove("Pages");
        return rest;
    }

    /** Of a list of which one element is updated, all elements are returned. */
    private static boolean showsWholeLists(Step step) {
        return String.valueOf(step.request().get("ReturnValues")).startsWith("UPDATED")
                && String.valueOf(step.request().get("UpdateExpression")).contains("[");
    }

    private static boolean isRefused(Map<String, Object> outcome) {
        return Set.of("ValidationException", "TransactionCanceledException")
                .contains(String.valueOf(outcome.get("refused")));
    }

    /** An update that only takes away makes an item where there was none. */
    static boolean makesItemsByTakingAway() {
        return ELSEWHERE;
    }

    /** An index key can be given a number where it is a string, and the like, by ADD; paths into keys pass in transactions. */
    static boolean takesAnythingAsKey() {
        return ELSEWHERE;
    }

    /** In transactions, too, one key is two when its numbers are written in two ways. */
    static boolean tellsNumbersByText() {
        return ELSEWHERE;
    }

    /** A value of AttributeUpdates without an action is left alone, where it should be put. */
    static boolean needsAnAction() {
        return ELSEWHERE;
    }

    /** The size of a string is that of its characters. */
    static boolean countsCharacters() {
        return ELSEWHERE;
    }

    /** What an attribute is to be where it does not exist must itself exist, even where it does. */
    static boolean readsWhatIsNotNeeded() {
        return ELSEWHERE;
    }
}

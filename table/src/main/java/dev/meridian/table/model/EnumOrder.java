package dev.meridian.table.model;

import java.util.HashSet;
import java.util.List;
import java.util.Map;

/**
 * The order in which the service lists an enumeration's values in its errors. It differs from the model's where it is known
 * from answers of the live service; any other enumeration is listed as the model has it.
 */
final class EnumOrder {

    private static final Map<String, List<String>> SEEN = Map.of(
            "ScalarAttributeType", List.of("B", "N", "S"),
            "ReturnValue", List.of("ALL_NEW", "UPDATED_OLD", "ALL_OLD", "NONE", "UPDATED_NEW"),
            "ReturnConsumedCapacity", List.of("INDEXES", "TOTAL", "NONE"),
            "ReturnItemCollectionMetrics", List.of("SIZE", "NONE"),
            "ConditionalOperator", List.of("OR", "AND"),
            "Select", List.of("SPECIFIC_ATTRIBUTES", "COUNT", "ALL_ATTRIBUTES", "ALL_PROJECTED_ATTRIBUTES"),
            "ProjectionType", List.of("ALL", "INCLUDE", "KEYS_ONLY"),
            "ComparisonOperator",
                    List.of(
                            "IN",
                            "NULL",
                            "BETWEEN",
                            "LT",
                            "NOT_CONTAINS",
                            "EQ",
                            "GT",
                            "NOT_NULL",
                            "NE",
                            "LE",
                            "BEGINS_WITH",
                            "GE",
                            "CONTAINS"));

    private EnumOrder() {}

    /** The model's values in the service's order; the model decides which values there are. */
    static List<String> ofService(String shape, List<String> model) {
        List<String> seen = SEEN.get(shape);
        return seen != null && new HashSet<>(seen).equals(new HashSet<>(model)) ? seen : model;
    }
}

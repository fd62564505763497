package dev.meridian.table.operation;

import dev.meridian.table.model.ServiceException;
import dev.meridian.table.model.Struct;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The two languages a request may be written in, by operation: expressions, and the parameters from before there were
 * expressions. A request speaks one of them. The order is the one in which the service lists them.
 */
enum RequestParameters {
    GET(List.of("ProjectionExpression"), List.of("AttributesToGet")),
    WRITE(List.of("ConditionExpression"), List.of("Expected", "ConditionalOperator")),
    UPDATE(
            List.of("UpdateExpression", "ConditionExpression"),
            List.of("AttributeUpdates", "Expected", "ConditionalOperator")),
    QUERY(
            List.of("ProjectionExpression", "FilterExpression", "KeyConditionExpression"),
            List.of("AttributesToGet", "QueryFilter", "ConditionalOperator", "KeyConditions")),
    SCAN(
            List.of("ProjectionExpression", "FilterExpression"),
            List.of("AttributesToGet", "ScanFilter", "ConditionalOperator"));

    private static final List<String> CONDITIONS = List.of("Expected", "QueryFilter", "ScanFilter");

    private final List<String> expressions;
    private final List<String> legacy;
    /** Those expressions that can have values in them. */
    private final List<String> valued;

    private final String withoutValued;

    RequestParameters(List<String> expressions, List<String> legacy) {
        this.expressions = expressions;
        this.legacy = legacy;
        this.valued = expressions.stream()
                .filter(name -> !name.equals("ProjectionExpression"))
                .toList();
        this.withoutValued = ": " + String.join(" and ", valued) + (valued.size() > 1 ? " are null" : " is null");
    }

    /** Refuses a request that mixes the languages, or brings names and values without an expression to use them. */
    void check(Struct request) {
        boolean isOfExpressions = hasAny(request, expressions);
        if (isOfExpressions) {
            checkUnmixed(request);
        }
        checkConditionalOperator(request);
        checkReferences(request, "ExpressionAttributeNames", "#", isOfExpressions ? null : "");
        checkReferences(request, "ExpressionAttributeValues", ":", hasAny(request, valued) ? null : withoutValued);
    }

    private static boolean hasAny(Struct request, List<String> names) {
        for (String name : names) {
            if (request.has(name)) {
                return true;
            }
        }
        return false;
    }

    private void checkUnmixed(Struct request) {
        List<String> mixed =
                legacy.stream().filter(name -> isMixed(request, name)).toList();
        if (!mixed.isEmpty()) {
            List<String> given = expressions.stream().filter(request::has).toList();
            throw ServiceException.validation(
                    "Can not use both expression and non-expression parameters in the same request: "
                            + "Non-expression parameters: {" + String.join(", ", mixed)
                            + "} Expression parameters: {" + String.join(", ", given) + "}");
        }
    }

    /** Key conditions of the old language go with a filter or a projection of the new one. */
    private static boolean isMixed(Struct request, String legacy) {
        return request.has(legacy) && (!legacy.equals("KeyConditions") || request.has("KeyConditionExpression"));
    }

    private static void checkConditionalOperator(Struct request) {
        if (!request.has("ConditionalOperator")) {
            return;
        }
        int conditions =
                CONDITIONS.stream().mapToInt(name -> request.map(name).size()).sum();
        if (conditions == 0) {
            throw ServiceException.validation("ConditionalOperator cannot be used without Filter or Expected");
        }
        if (conditions == 1) {
            throw ServiceException.validation(
                    "ConditionalOperator can only be used when Filter or Expected has two or more elements");
        }
    }

    /**
     * @param without what the refusal says of missing expressions, or null where there is one that may use the references
     */
    private static void checkReferences(Struct request, String member, String mark, @Nullable String without) {
        if (!request.has(member)) {
            return;
        }
        if (without != null) {
            throw ServiceException.validation(member + " can only be specified when using expressions" + without);
        }
        Map<String, ?> references = request.map(member);
        if (references.isEmpty()) {
            throw ServiceException.validation(member + " must not be empty");
        }
        references.forEach((reference, meaning) -> {
            if (!isReference(reference, mark.charAt(0))) {
                throw ServiceException.validation(
                        member + " contains invalid key: Syntax error; key: \"" + reference + "\"");
            }
            if (meaning.equals("")) {
                throw ServiceException.validation(
                        member + " contains invalid value: Empty attribute name for key " + reference);
            }
        });
    }

    private static boolean isReference(String text, char mark) {
        if (text.length() < 2 || text.charAt(0) != mark) {
            return false;
        }
        for (int i = 1; i < text.length(); i++) {
            char next = text.charAt(i);
            boolean allowed = (next >= 'a' && next <= 'z')
                    || (next >= 'A' && next <= 'Z')
                    || (next >= '0' && next <= '9')
                    || next == '_';
            if (!allowed) {
                return false;
            }
        }
        return true;
    }
}

package dev.meridian.table.operation;

import dev.meridian.table.expression.Condition;
import dev.meridian.table.expression.ConditionEvaluator;
import dev.meridian.table.model.ServiceException;
import dev.meridian.table.model.Struct;
import dev.meridian.table.value.Item;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The condition of a write.
 *
 * @param condition null: none
 * @param returnImage whether the error carries the item that did not meet it
 */
record Conditional(@Nullable Condition condition, boolean returnImage) {

    static Conditional of(Struct request, @Nullable Condition condition) {
        return new Conditional(condition, "ALL_OLD".equals(request.text("ReturnValuesOnConditionCheckFailure")));
    }

    /** The refusal, or null where the item meets the condition. */
    WriteDecision.@Nullable Refuse refusal(@Nullable Item current) {
        if (condition == null || ConditionEvaluator.matches(condition, current)) {
            return null;
        }
        Map<String, byte[]> members = returnImage && current != null ? Map.of("Item", Answer.item(current)) : Map.of();
        return new WriteDecision.Refuse(new ServiceException(
                "com.amazonaws.dynamodb.v20120810#ConditionalCheckFailedException",
                400,
                "The conditional request failed",
                members));
    }
}

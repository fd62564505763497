package dev.meridian.benchmarks;

import dev.meridian.table.expression.Condition;
import dev.meridian.table.expression.ExpressionKind;
import dev.meridian.table.expression.ExpressionParser;
import dev.meridian.table.operation.DataOperations;
import dev.meridian.table.operation.ItemWrite;
import dev.meridian.table.operation.Plan;
import dev.meridian.table.operation.WriteDecision;
import dev.meridian.table.value.Item;
import org.openjdk.jmh.annotations.Benchmark;

/** A condition of three terms and an update of three actions: reading the text, and deciding them against an item. */
public class ExpressionEvaluation extends Piece {

    private final Item item = Samples.item(17);
    private final ItemWrite update =
            ((Plan.Write) DataOperations.plan("UpdateItem", Samples.updateItem(), name -> Samples.TABLE)).write();

    @Benchmark
    public Condition parseCondition() {
        return ExpressionParser.condition(
                "#s = :open AND price > :less AND attribute_exists(parts[1].sku)", ExpressionKind.CONDITION);
    }

    @Benchmark
    public WriteDecision updateUnderACondition() {
        return update.decide(item);
    }
}

package dev.meridian.benchmarks;

import dev.meridian.table.definition.TableLookup;
import dev.meridian.table.operation.DataOperations;
import dev.meridian.table.operation.Plan;
import org.openjdk.jmh.annotations.Benchmark;

/** From the bytes of a request to its plan: JSON, the model's constraints, the table's keys, the expressions. */
public class RequestDecoding extends Piece {

    private final TableLookup tables = name -> Samples.TABLE;
    private final byte[] putItem = Samples.putItem();
    private final byte[] getItem = Samples.getItem();
    private final byte[] updateItem = Samples.updateItem();

    @Benchmark
    public Plan putItem() {
        return DataOperations.plan("PutItem", putItem, tables);
    }

    @Benchmark
    public Plan getItem() {
        return DataOperations.plan("GetItem", getItem, tables);
    }

    @Benchmark
    public Plan updateItemUnderACondition() {
        return DataOperations.plan("UpdateItem", updateItem, tables);
    }
}

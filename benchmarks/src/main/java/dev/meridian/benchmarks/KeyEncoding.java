package dev.meridian.benchmarks;

import dev.meridian.table.key.ItemKey;
import dev.meridian.table.key.KeyEncoder;
import dev.meridian.table.value.AttributeValue;
import java.math.BigDecimal;
import java.util.List;
import org.openjdk.jmh.annotations.Benchmark;

/** Keys to the bytes whose order is the order of a table. */
public class KeyEncoding extends Piece {

    private final List<AttributeValue> string = List.of(new AttributeValue.S("order-1234567"));
    private final List<AttributeValue> number = List.of(new AttributeValue.N(new BigDecimal("1732199999.125")));

    @Benchmark
    public ItemKey partitionKey() {
        return KeyEncoder.itemKey(string, List.of());
    }

    @Benchmark
    public ItemKey partitionAndSortKey() {
        return KeyEncoder.itemKey(string, number);
    }
}

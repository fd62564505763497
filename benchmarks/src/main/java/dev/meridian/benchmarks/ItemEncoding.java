package dev.meridian.benchmarks;

import dev.meridian.table.operation.Answer;
import dev.meridian.table.value.Item;
import dev.meridian.table.value.ItemCodec;
import org.openjdk.jmh.annotations.Benchmark;

/** An item to the bytes it has on disk and between regions, back from them, and to the JSON of an answer. */
public class ItemEncoding extends Piece {

    private final Item item = Samples.item(17);
    private final byte[] bytes = ItemCodec.encode(item);

    @Benchmark
    public byte[] encode() {
        return ItemCodec.encode(item);
    }

    @Benchmark
    public Item decode() {
        return ItemCodec.decode(bytes);
    }

    @Benchmark
    public byte[] answer() {
        return Answer.item(item);
    }
}

package dev.meridian.chaos.virtual;

import dev.meridian.chaos.drill.Door;
import dev.meridian.chaos.drill.Drill;
import dev.meridian.chaos.drill.History.Outcome;
import dev.meridian.replication.log.StampedImage;
import dev.meridian.table.key.ItemKey;
import dev.meridian.table.operation.ItemWrite;
import dev.meridian.table.operation.WriteDecision;
import dev.meridian.table.value.AttributeValue;
import dev.meridian.table.value.Item;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The regions' doors as their clients meet them: a region that is down refuses, one that is frozen says nothing. */
final class VirtualDoor implements Door {

    /** From the client to its region, and back again. */
    private static final long NEAR_MILLIS = 1;

    private final VirtualWorld world;
    private final long timeoutMillis;
    private final AttributeValue padding;

    VirtualDoor(VirtualWorld world, Drill.Load load) {
        this.world = world;
        this.timeoutMillis = load.timeoutMillis();
        this.padding = new AttributeValue.S("x".repeat(Math.max(0, load.itemBytes() - DrillItems.BARE_BYTES)));
    }

    @Override
    public CompletionStage<Answer> put(String region, String key, long number) {
        Item item = DrillItems.item(key, number, padding);
        return write(region, key, current -> item);
    }

    @Override
    public CompletionStage<Answer> add(String region, String key, long number) {
        return write(region, key, current -> DrillItems.counted(current, key, number));
    }

    @Override
    public CompletionStage<Answer> transfer(String region, String from, String to, long number) {
        throw new IllegalStateException("transactions have no form in virtual time");
    }

    private interface Change {

        Item after(@Nullable Item current);
    }

    private CompletionStage<Answer> write(String region, String key, Change change) {
        ItemKey itemKey = DrillItems.key(key);
        ItemWrite write = new ItemWrite() {
            @Override
            public ItemKey key() {
                return itemKey;
            }

            @Override
            public WriteDecision decide(@Nullable Item current) {
                return new WriteDecision.Store(change.after(current));
            }
        };
        return ask(
                region,
                answer -> world.region(region).write(write, () -> answer.complete(new Answer(Outcome.DONE, 0))));
    }

    @Override
    public CompletionStage<Answer> get(String region, String key) {
        return ask(region, answer -> {
            StampedImage row = world.region(region).read(DrillItems.key(key));
            answer.complete(new Answer(Outcome.DONE, DrillItems.number(row)));
        });
    }

    private CompletionStage<Answer> ask(String region, Consumer<CompletableFuture<Answer>> question) {
        CompletableFuture<Answer> seen = new CompletableFuture<>();
        world.after(NEAR_MILLIS, () -> {
            boolean isDown = !world.region(region).isAlive();
            world.ask(region, question).whenComplete((answer, failure) -> {
                Outcome failed = isDown ? Outcome.REFUSED : Outcome.UNKNOWN;
                world.after(NEAR_MILLIS, () -> seen.complete(answer != null ? answer : new Answer(failed, 0)));
            });
        });
        world.after(timeoutMillis, () -> seen.complete(new Answer(Outcome.UNKNOWN, 0)));
        return seen;
    }
}

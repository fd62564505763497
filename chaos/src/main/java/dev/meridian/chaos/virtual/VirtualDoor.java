package dev.meridian.chaos.virtual;

import dev.meridian.chaos.drill.Door;
import dev.meridian.chaos.drill.Drill;
import dev.meridian.chaos.drill.History.Outcome;
import dev.meridian.chaos.fault.DoorRule;
import dev.meridian.chaos.simulator.SimulatedRegion;
import dev.meridian.node.partition.WriteOutcome;
import dev.meridian.replication.log.StampedImage;
import dev.meridian.table.key.ItemKey;
import dev.meridian.table.operation.ItemWrite;
import dev.meridian.table.operation.WriteDecision;
import dev.meridian.table.value.AttributeValue;
import dev.meridian.table.value.Item;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The regions' doors as their clients meet them: a region that is down refuses, one that is frozen says nothing. */
final class VirtualDoor implements Door {

    /** From the client to its region, and back again. */
    private static final long NEAR_MILLIS = 1;

    private final VirtualWorld world;
    private final VirtualGate gate;
    private final long timeoutMillis;
    private final boolean strongReads;
    private final AttributeValue padding;
    /** Of a session; empty: none. */
    private final String token;

    VirtualDoor(VirtualWorld world, Drill.Load load, VirtualGate gate) {
        this(
                world,
                gate,
                load.timeoutMillis(),
                load.strongReads(),
                new AttributeValue.S(Door.padding(load.itemBytes())),
                "");
    }

    private VirtualDoor(
            VirtualWorld world,
            VirtualGate gate,
            long timeoutMillis,
            boolean strongReads,
            AttributeValue padding,
            String token) {
        this.world = world;
        this.gate = gate;
        this.timeoutMillis = timeoutMillis;
        this.strongReads = strongReads;
        this.padding = padding;
        this.token = token;
    }

    @Override
    public Door carrying(String carried) {
        return new VirtualDoor(world, gate, timeoutMillis, strongReads, padding, carried);
    }

    @Override
    public CompletionStage<Answer> put(String region, String key, long number) {
        Item item = DrillItems.item(key, number, padding);
        return write(region, "PutItem", key, current -> item);
    }

    @Override
    public CompletionStage<Answer> add(String region, String key, long number) {
        return write(region, "UpdateItem", key, current -> DrillItems.counted(current, key, number));
    }

    @Override
    public CompletionStage<Answer> transfer(String region, String from, String to, long number) {
        List<ItemWrite> both = List.of(
                itemWrite(from, current -> DrillItems.moved(current, from, number, -number)),
                itemWrite(to, current -> DrillItems.moved(current, to, number, number)));
        return write(region, "TransactWriteItems", both);
    }

    private interface Change {

        Item after(@Nullable Item current);
    }

    private CompletionStage<Answer> write(String region, String operation, String key, Change change) {
        return write(region, operation, List.of(itemWrite(key, change)));
    }

    private CompletionStage<Answer> write(String region, String operation, List<ItemWrite> writes) {
        List<ItemKey> keys = writes.stream().map(ItemWrite::key).toList();
        return ask(region, operation, inSession(region, keys, answer -> answered(region, writes, answer)));
    }

    /** What a region does with a request that carries a token: it waits until it may be done, and tells the next. */
    private Consumer<CompletableFuture<Answer>> inSession(
            String region, List<ItemKey> written, Consumer<CompletableFuture<Answer>> request) {
        if (token.isEmpty()) {
            return request;
        }
        return answer -> {
            SimulatedRegion asked = world.region(region);
            asked.sessions().caughtUp(token).whenComplete((done, late) -> {
                if (late != null) {
                    answer.complete(new Answer(Outcome.UNKNOWN, 0));
                    return;
                }
                CompletableFuture<Answer> plain = new CompletableFuture<>();
                plain.thenAccept(came -> answer.complete(
                        came.outcome() != Outcome.DONE
                                ? came
                                : new Answer(
                                        came.outcome(),
                                        came.seen(),
                                        asked.sessions().after(token, asked.written(written)))));
                request.accept(plain);
            });
        };
    }

    private void answered(String region, List<ItemWrite> writes, CompletableFuture<Answer> answer) {
        SimulatedRegion asked = world.region(region);
        List<ItemKey> keys = writes.stream().map(ItemWrite::key).toList();
        if (world.allowance(asked).throttlesWrite(asked.table(), keys)) {
            answer.complete(new Answer(Outcome.REFUSED, 0));
        } else if (world.isStrong()) {
            asked.agreement()
                    .write(writes.get(0))
                    .whenComplete((outcome, failure) -> answer.complete(new Answer(agreed(outcome), 0)));
        } else if (!asked.write(writes, () -> answer.complete(new Answer(Outcome.DONE, 0)))) {
            answer.complete(new Answer(Outcome.UNKNOWN, 0));
        }
    }

    /** What a client hears of a write that regions were to agree on; null: they could not. */
    private static Outcome agreed(@Nullable WriteOutcome outcome) {
        return outcome == null
                ? Outcome.UNKNOWN
                : outcome instanceof WriteOutcome.Refused ? Outcome.REFUSED : Outcome.DONE;
    }

    private static ItemWrite itemWrite(String key, Change change) {
        ItemKey itemKey = DrillItems.key(key);
        return new ItemWrite() {
            @Override
            public ItemKey key() {
                return itemKey;
            }

            @Override
            public WriteDecision decide(@Nullable Item current) {
                return new WriteDecision.Store(change.after(current));
            }
        };
    }

    @Override
    public CompletionStage<Answer> get(String region, String key) {
        ItemKey itemKey = DrillItems.key(key);
        Consumer<CompletableFuture<Answer>> request = answer -> {
            if (world.isStrong() && strongReads) {
                world.region(region).agreement().refresh(itemKey).whenComplete((done, failure) -> {
                    answer.complete(failure == null ? read(region, itemKey) : new Answer(Outcome.UNKNOWN, 0));
                });
            } else {
                answer.complete(read(region, itemKey));
            }
        };
        return ask(region, "GetItem", inSession(region, List.of(), request));
    }

    private Answer read(String region, ItemKey key) {
        SimulatedRegion asked = world.region(region);
        StampedImage row = asked.read(key);
        byte[] image = row == null ? null : row.image();
        boolean isThrottled =
                world.allowance(asked).throttlesRead(asked.table(), key, image == null ? 0 : image.length, strongReads);
        return isThrottled ? new Answer(Outcome.REFUSED, 0) : new Answer(Outcome.DONE, DrillItems.number(row));
    }

    private CompletionStage<Answer> ask(String region, String operation, Consumer<CompletableFuture<Answer>> question) {
        CompletableFuture<Answer> seen = new CompletableFuture<>();
        Optional<DoorRule> rule = gate.enter(region, operation);
        seen.whenComplete((answer, never) -> gate.leave(region));
        if (rule.isPresent() && rule.get().effect() != DoorRule.Effect.SLOW) {
            bent(rule.get()).ifPresent(outcome -> world.after(2 * NEAR_MILLIS, () -> seen.complete(outcome)));
        } else {
            long late = rule.map(DoorRule::latencyMillis).orElse(0L);
            world.after(NEAR_MILLIS + late, () -> {
                boolean isDown = !world.region(region).isAlive();
                world.ask(region, question).whenComplete((answer, failure) -> {
                    Outcome failed = isDown ? Outcome.REFUSED : Outcome.UNKNOWN;
                    world.after(NEAR_MILLIS, () -> seen.complete(answer != null ? answer : new Answer(failed, 0)));
                });
            });
        }
        world.after(timeoutMillis, () -> seen.complete(new Answer(Outcome.UNKNOWN, 0)));
        return seen;
    }

    /** What a client makes of a request that the door does not let in; nothing where it hangs. */
    private static Optional<Answer> bent(DoorRule rule) {
        return switch (rule.effect()) {
            case HANG -> Optional.empty();
            case ERROR -> Optional.of(new Answer(rule.statusCode() < 500 ? Outcome.REFUSED : Outcome.UNKNOWN, 0));
            default -> Optional.of(new Answer(Outcome.UNKNOWN, 0));
        };
    }
}

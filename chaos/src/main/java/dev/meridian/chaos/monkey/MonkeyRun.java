package dev.meridian.chaos.monkey;

import dev.meridian.chaos.world.World;
import io.vertx.core.Vertx;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/** Lets a {@link Monkey} loose on a running world until it is called back; then everything is mended. */
public final class MonkeyRun {

    private final Vertx vertx;
    private final World world;
    private final Monkey monkey;
    private final Consumer<String> tell;
    private volatile boolean isStopped;

    /** {@code tell} hears what is broken and mended, for people. */
    public MonkeyRun(Vertx vertx, World world, Monkey monkey, Consumer<String> tell) {
        this.vertx = vertx;
        this.world = world;
        this.monkey = monkey;
        this.tell = tell;
    }

    /** Begins, with a calm. */
    public void start() {
        Monkey.Prank prank = monkey.next();
        vertx.setTimer(prank.afterMillis(), due -> play(prank));
    }

    private void play(Monkey.Prank prank) {
        if (isStopped) {
            return;
        }
        tell.accept(String.format(
                Locale.ROOT, "monkey: %s, for %.1f s", prank.fault().describe(), prank.forMillis() / 1_000.0));
        prank.fault().begin(world).whenComplete((done, failure) -> {
            if (failure != null) {
                tell.accept("monkey: that failed: " + failure.getMessage());
            }
            vertx.setTimer(prank.forMillis(), over -> mend(prank));
        });
    }

    private void mend(Monkey.Prank prank) {
        if (!isStopped) {
            prank.fault().end(world).whenComplete((done, failure) -> {
                tell.accept("monkey: " + prank.fault().describe()
                        + (failure == null ? ": mended" : ": mending failed: " + failure.getMessage()));
                start();
            });
        }
    }

    /** Calls it back; completes when everything is mended. */
    public CompletionStage<Void> stop() {
        isStopped = true;
        CompletableFuture<Void> mended = new CompletableFuture<>();
        world.healAll().whenComplete((done, failure) -> mended.complete(null));
        return mended;
    }
}

package dev.meridian.chaos.world;

import dev.meridian.node.http.DoorGate;
import dev.meridian.node.stage.StageEnd;
import dev.meridian.replication.link.Link;
import dev.meridian.replication.link.Links;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** Freezes regions of this process: what comes in or goes out waits until the region goes on. */
final class PauseGates {

    private final Map<String, List<Runnable>> paused = new HashMap<>();

    /** What stands before a region's door. */
    DoorGate door(String region) {
        return (request, enter) -> {
            if (!isPaused(region)) {
                enter.run();
                return;
            }
            Context context = Vertx.currentContext();
            request.pause();
            whenAwake(
                    region,
                    () -> context.runOnContext(go -> {
                        request.resume();
                        enter.run();
                    }));
        };
    }

    /** A region's links, that send nothing while the region is frozen. */
    Links links(String region, Links real) {
        return peer -> {
            Link link = real.to(peer);
            return request -> {
                CompletableFuture<byte[]> done = new CompletableFuture<>();
                whenAwake(
                        region,
                        () -> link.exchange(request)
                                .whenComplete((answer, failure) -> whenAwake(region, () -> {
                                    StageEnd.passOn(done, answer, failure);
                                })));
                return done;
            };
        };
    }

    private synchronized boolean isPaused(String region) {
        return paused.containsKey(region);
    }

    private void whenAwake(String region, Runnable task) {
        synchronized (this) {
            List<Runnable> waiting = paused.get(region);
            if (waiting != null) {
                waiting.add(task);
                return;
            }
        }
        task.run();
    }

    synchronized void pause(String region) {
        paused.putIfAbsent(region, new ArrayList<>());
    }

    void resume(String region) {
        List<Runnable> waiting;
        synchronized (this) {
            waiting = paused.remove(region);
        }
        if (waiting != null) {
            waiting.forEach(Runnable::run);
        }
    }
}

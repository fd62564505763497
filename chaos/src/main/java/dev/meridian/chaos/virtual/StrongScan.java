package dev.meridian.chaos.virtual;

import dev.meridian.chaos.simulator.Schedule;
import dev.meridian.chaos.simulator.SimulatedRegion;
import dev.meridian.node.stage.StageEnd;
import dev.meridian.replication.log.StampedImage;
import java.util.Collection;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Everything in a region's strongly consistent table; tried again as SDKs do, as a region may not hear of others in time. */
final class StrongScan {

    private static final int TRIES = 20;
    private static final long PAUSE_MILLIS = 100;

    private final VirtualCalls calls;
    private final Schedule schedule;

    StrongScan(VirtualCalls calls, Schedule schedule) {
        this.calls = calls;
        this.schedule = schedule;
    }

    /** Fails where no try has succeeded. */
    CompletionStage<Collection<StampedImage>> of(SimulatedRegion region) {
        return refreshed(region, TRIES).thenApply(done -> region.rows().values());
    }

    private CompletionStage<Void> refreshed(SimulatedRegion region, int tries) {
        CompletableFuture<Void> refreshed = calls.ask(
                region,
                answer -> region.agreement()
                        .refreshAll()
                        .whenComplete((came, failure) -> StageEnd.passOn(answer, came, failure)));
        return tries == 1 ? refreshed : refreshed.exceptionallyCompose(failure -> again(region, tries - 1));
    }

    private CompletionStage<Void> again(SimulatedRegion region, int tries) {
        CompletableFuture<Void> waited = new CompletableFuture<>();
        schedule.after(PAUSE_MILLIS, () -> waited.complete(null));
        return waited.thenCompose(done -> refreshed(region, tries));
    }
}

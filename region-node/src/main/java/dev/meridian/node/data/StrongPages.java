package dev.meridian.node.data;

import dev.meridian.table.operation.Plan;
import dev.meridian.table.operation.StrongRead;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

/**
 * Pages of strongly consistent tables: no more of the range is brought up to date than the page holds, about. A page that goes on past
 * that is begun anew with twice as much.
 */
final class StrongPages {

    /** Brings the beginning of a range up to date. */
    @FunctionalInterface
    interface Refresh {

        /** Up to so many listings of peers; gives the key from which on nothing was done, or nothing where all was. */
        CompletionStage<Optional<byte[]>> beginning(StrongRead.OfRange range, int listings);
    }

    private final Refresh refresh;
    private final Plan.Readers readers;
    private final Executor reading;

    StrongPages(Refresh refresh, Plan.Readers readers, Executor reading) {
        this.refresh = refresh;
        this.readers = readers;
        this.reading = reading;
    }

    CompletionStage<byte[]> read(Plan.Read page, StrongRead.OfRange range) {
        return read(page, range, 1);
    }

    private CompletionStage<byte[]> read(Plan.Read page, StrongRead.OfRange rest, int listings) {
        return refresh.beginning(rest, listings)
                .thenComposeAsync(
                        end -> {
                            if (end.isEmpty()) {
                                return CompletableFuture.completedFuture(page.run(readers));
                            }
                            StrongRead.OfRange left = new StrongRead.OfRange(rest.table(), end.get(), rest.to());
                            return page.runUpTo(end.get(), readers)
                                    .<CompletionStage<byte[]>>map(CompletableFuture::completedFuture)
                                    .orElseGet(() -> read(page, left, 2 * listings));
                        },
                        reading);
    }
}

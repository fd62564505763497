package dev.meridian.chaos.simulator;

import dev.meridian.replication.link.CopyPage;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * One region copies another's replica over a network that loses pages, as a running region does: page by page through the
 * partitions, and at the end the positions taken before the first. A page that does not come is asked for again; where either
 * side dies, nothing is heard any more, and whoever began the copy begins another.
 */
final class SimulatedCopy {

    private static final long PATIENCE_MILLIS = 1_000;

    private final SimulatedRegion into;
    private final SimulatedRegion from;
    private final Surroundings surroundings;
    private final BiConsumer<String, Runnable> network;
    private final Set<String> origins;
    private final long intoLife;
    private final long fromLife;
    private final List<CopyPage.Position> positions = new ArrayList<>();
    private int pages;

    /** {@code network} carries something over a link, {@code from>to}. */
    SimulatedCopy(
            SimulatedRegion into,
            SimulatedRegion from,
            Surroundings surroundings,
            BiConsumer<String, Runnable> network,
            Set<String> origins) {
        this.into = into;
        this.from = from;
        this.surroundings = surroundings;
        this.network = network;
        this.origins = origins;
        this.intoLife = into.life();
        this.fromLife = from.life();
    }

    /** Begins; tells when everything is durable. Adopts {@code more} with what the peer knows. */
    void start(List<CopyPage.Position> more, Runnable done) {
        positions.addAll(more);
        page(null, done);
    }

    boolean isOver() {
        return !into.isAlive() || into.life() != intoLife || !from.isAlive() || from.life() != fromLife;
    }

    private void page(byte @Nullable [] start, Runnable done) {
        int asked = pages;
        network.accept(into.name() + ">" + from.name(), () -> {
            if (isOver()) {
                return;
            }
            byte[] page = from.copyEnd().page(origins, start).encode();
            network.accept(from.name() + ">" + into.name(), () -> {
                if (!isOver() && pages == asked) {
                    pages++;
                    took(CopyPage.decode(page), start, done);
                }
            });
        });
        surroundings.after(PATIENCE_MILLIS, () -> {
            if (!isOver() && pages == asked) {
                page(start, done);
            }
        });
    }

    private void took(CopyPage page, byte @Nullable [] start, Runnable done) {
        // The first page may have been served twice: only the positions of the one that is taken count.
        positions.addAll(page.positions());
        byte[] next = page.next();
        List<CopyPage.Row> rows = new ArrayList<>(page.rows());
        rows.addAll(into.copyEnd().forgottenRows().in(page, positions, start, next));
        into.copyEnd().merge(rows, () -> {
            if (next != null) {
                page(next, done);
            } else {
                adopt(done);
            }
        });
    }

    private void adopt(Runnable done) {
        int[] left = {positions.size()};
        if (left[0] == 0) {
            done.run();
        }
        for (CopyPage.Position position : positions) {
            into.copyEnd().adopt(position, () -> {
                left[0]--;
                if (left[0] == 0) {
                    done.run();
                }
            });
        }
    }
}

package dev.meridian.chaos.fault;

import dev.meridian.replication.link.Link;
import dev.meridian.replication.link.LinkException;
import dev.meridian.replication.link.LinkRequest;
import dev.meridian.replication.link.Links;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/**
 * Links bent by the board: the request passes the link to the peer, its answer the link back. A cut link fails the
 * exchange, a lost message fails it after the time a sender takes to notice; nobody is ever given an answer that the peer
 * did not send. Messages on one link keep their order unless it is told to reorder.
 */
public final class ChaosLinks implements Links {

    /** After this a sender notices that nothing comes back. */
    private static final long NOTICE_MILLIS = 1_000;
    /** A message that is overtaken comes up to so much later. */
    private static final long REORDER_MILLIS_MAX = 100;

    /** Runs tasks later. */
    @FunctionalInterface
    public interface Timer {

        /** Runs the task after a delay in milliseconds; 0: at once. */
        void after(long delayMillis, Runnable task);
    }

    private final String region;
    private final Links real;
    private final FaultBoard board;
    private final Timer timer;
    private final LongSupplier millis;
    private final RandomGenerator random;

    /** {@code millis} is a monotonic clock in milliseconds. */
    public ChaosLinks(
            String region, Links real, FaultBoard board, Timer timer, LongSupplier millis, RandomGenerator random) {
        this.region = region;
        this.real = real;
        this.board = board;
        this.timer = timer;
        this.millis = millis;
        this.random = random;
    }

    @Override
    public Link to(String peer) {
        Link link = real.to(peer);
        Lane there = new Lane(region, peer);
        Lane back = new Lane(peer, region);
        return request -> exchange(link, there, back, request);
    }

    private CompletionStage<byte[]> exchange(Link link, Lane there, Lane back, LinkRequest request) {
        CompletableFuture<byte[]> done = new CompletableFuture<>();
        if (isDrawn(board.link(there.from, there.to).duplicateRatio())) {
            // The copy does its work at the peer; nobody waits for its answer.
            CompletableFuture<byte[]> copy = new CompletableFuture<>();
            there.send(request.body().length, copy, () -> link.exchange(request));
        }
        there.send(
                request.body().length,
                done,
                () -> link.exchange(request).whenComplete((answer, failure) -> {
                    if (failure != null) {
                        done.completeExceptionally(failure);
                    } else {
                        back.send(answer.length, done, () -> done.complete(answer));
                    }
                }));
        return done;
    }

    private boolean isDrawn(double ratio) {
        return ratio > 0 && random.nextDouble() < ratio;
    }

    /** One direction, as the messages of this link see it. */
    private final class Lane {

        private final String from;
        private final String to;
        private long freeAt;
        private long lastArrival;
        /** What is under way, oldest first. */
        private final Queue<Runnable> underWay = new ArrayDeque<>();

        Lane(String from, String to) {
            this.from = from;
            this.to = to;
        }

        void send(int bytes, CompletableFuture<byte[]> exchange, Runnable arrive) {
            LinkFault fault = board.link(from, to);
            if (fault.isDown(millis.getAsLong())) {
                timer.after(
                        fault.latencyMillis(),
                        () -> exchange.completeExceptionally(new LinkException(from + " to " + to + " is cut")));
            } else if (isDrawn(fault.lossRatio())) {
                timer.after(
                        NOTICE_MILLIS,
                        () -> exchange.completeExceptionally(new LinkException("lost between " + from + " and " + to)));
            } else if (isDrawn(fault.reorderRatio())) {
                long late = fault.latencyMillis() + random.nextLong(REORDER_MILLIS_MAX);
                timer.after(late, () -> arriveUnlessCut(exchange, arrive));
            } else {
                long delayMillis;
                synchronized (this) {
                    delayMillis = delay(fault, bytes);
                    underWay.add(() -> arriveUnlessCut(exchange, arrive));
                }
                timer.after(delayMillis, this::arriveNext);
            }
        }

        /**
         * The oldest message arrives. Timers of equal time may fire in any order; since arrival times never fall, the
         * oldest is always due.
         */
        private void arriveNext() {
            Runnable oldest;
            synchronized (this) {
                oldest = underWay.remove();
            }
            oldest.run();
        }

        private void arriveUnlessCut(CompletableFuture<byte[]> exchange, Runnable arrive) {
            if (board.link(from, to).isDown(millis.getAsLong())) {
                exchange.completeExceptionally(new LinkException(from + " to " + to + " is cut"));
            } else {
                arrive.run();
            }
        }

        private long delay(LinkFault fault, int bytes) {
            long now = millis.getAsLong();
            if (fault.bytesPerSecond() > 0) {
                freeAt = Math.max(now, freeAt) + bytes * 1_000L / fault.bytesPerSecond();
            } else {
                freeAt = now;
            }
            long jitter = fault.jitterMillis() == 0 ? 0 : random.nextLong(fault.jitterMillis() + 1);
            lastArrival = Math.max(lastArrival, freeAt + fault.latencyMillis() + jitter);
            return Math.max(0, lastArrival - now);
        }
    }
}

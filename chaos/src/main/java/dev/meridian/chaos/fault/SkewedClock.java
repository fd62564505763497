package dev.meridian.chaos.fault;

import java.time.Instant;
import java.time.InstantSource;

/** A region's clock, off by what the board says. */
public final class SkewedClock implements InstantSource {

    private final String region;
    private final FaultBoard board;
    private final InstantSource real;

    public SkewedClock(String region, FaultBoard board, InstantSource real) {
        this.region = region;
        this.board = board;
        this.real = real;
    }

    @Override
    public Instant instant() {
        Instant now = real.instant();
        return now.plusMillis(board.region(region).clock().offMillis(now.toEpochMilli()));
    }

    @Override
    public long millis() {
        long now = real.millis();
        return now + board.region(region).clock().offMillis(now);
    }
}

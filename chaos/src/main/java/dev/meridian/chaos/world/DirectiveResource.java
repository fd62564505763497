package dev.meridian.chaos.world;

import dev.meridian.chaos.fault.FaultBoard;
import dev.meridian.chaos.fault.MemoryBallast;
import dev.meridian.node.http.HttpResource;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The ear of a region that runs in a process of its own: takes what the world says of links, clocks and doors, and puts it
 * on this process's board. Thread-safe.
 */
public final class DirectiveResource implements HttpResource {

    static final String PATH = "/_meridian/process/v1/directive";

    private final String region;
    private final FaultBoard board;
    private final MemoryBallast ballast = new MemoryBallast();
    private final Consumer<List<String>> join;
    private Map<String, Integer> doors = Map.of();
    private long revision;
    private boolean joined;

    /** {@code join} is told once which cluster nodes to join. */
    public DirectiveResource(String region, FaultBoard board, Consumer<List<String>> join) {
        this.region = region;
        this.board = board;
        this.join = join;
    }

    /** The port of a region's door, once the world has told it. */
    public synchronized Optional<Integer> door(String region) {
        return Optional.ofNullable(doors.get(region)).filter(port -> port > 0);
    }

    @Override
    public String pathPrefix() {
        return PATH;
    }

    @Override
    public void handle(HttpServerRequest request) {
        if (request.method() != HttpMethod.POST || request.getHeader("Origin") != null) {
            request.response().setStatusCode(403).end();
            return;
        }
        request.body().onSuccess(body -> {
            try {
                follow(Directive.parse(body.getBytes()));
                request.response().end(Buffer.buffer("{}"));
            } catch (IOException | IllegalArgumentException malformed) {
                request.response().setStatusCode(400).end();
            }
        });
    }

    private void follow(Directive directive) {
        synchronized (this) {
            if (directive.revision() <= revision) {
                return;
            }
            revision = directive.revision();
            doors = Map.copyOf(directive.doors());
            board.become(directive.links(), directive.regions(), directive.doorRules());
            ballast.hold(board.region(region).memoryBytes());
            if (joined || directive.seeds().isEmpty()) {
                return;
            }
            joined = true;
        }
        join.accept(directive.seeds());
    }
}

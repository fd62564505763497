package dev.meridian.chaos.drill.fault;

import dev.meridian.chaos.fault.Breakable;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** A link that goes down and comes back, again and again. */
public record FlappingLink(LinkName link, long everyMillis) implements DrillFault {

    static final FaultKind KIND = new FaultKind("link-flap", List.of("link", "every"), FlappingLink::read);

    private static DrillFault read(StepReader step) {
        long everyMillis = step.millis("every", 1_000);
        if (everyMillis < 1) {
            throw step.wrong("every", "'every' is 1ms or more");
        }
        return new FlappingLink(step.link(), everyMillis);
    }

    @Override
    public CompletionStage<Void> begin(Breakable world) {
        return LinkName.each(link.directions(), (from, to) -> world.flap(from, to, everyMillis));
    }

    @Override
    public CompletionStage<Void> end(Breakable world) {
        return LinkName.each(link.directions(), world::healLink);
    }

    @Override
    public String name() {
        return KIND.name();
    }

    @Override
    public String describe() {
        return link + " flapping every " + everyMillis + " ms";
    }
}

package dev.meridian.chaos.drill.fault;

import dev.meridian.chaos.fault.Breakable;
import dev.meridian.chaos.fault.LinkFault;
import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * Two regions' links are slow or lossy, or double and reorder what they carry.
 *
 * @param how the latency, jitter, loss, duplication and reordering they have
 */
public record SlowLink(LinkName link, LinkFault how) implements DrillFault {

    static final FaultKind KIND = new FaultKind(
            "link-slow",
            List.of("link", "latency", "jitter", "loss", "duplicate", "reorder"),
            step -> new SlowLink(
                    step.link(),
                    new LinkFault(
                            false,
                            step.millis("latency", 0),
                            step.millis("jitter", 0),
                            step.share("loss", 0),
                            0,
                            step.share("duplicate", 0),
                            step.share("reorder", 0),
                            0)));

    @Override
    public CompletionStage<Void> begin(Breakable world) {
        return LinkName.each(link.directions(), (from, to) -> world.slow(from, to, how));
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
        return link + " " + how.latencyMillis() + " ms ± " + how.jitterMillis() + " ms, loss "
                + Math.round(how.lossRatio() * 1000) / 10.0 + " %";
    }
}

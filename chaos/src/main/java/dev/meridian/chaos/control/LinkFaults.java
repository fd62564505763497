package dev.meridian.chaos.control;

import dev.meridian.chaos.api.Fields;
import dev.meridian.chaos.fault.ChaosLinks;
import dev.meridian.chaos.fault.LinkFault;
import dev.meridian.chaos.world.World;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/** What is wrong with links: {@code links/{from}/{to}}, and with {@code :cut} and {@code :heal}. What is left out stays as it is. */
final class LinkFaults {

    private static final Set<String> MEMBERS = Set.of(
            "oneWayMillis",
            "jitterMillis",
            "lossRatio",
            "bytesPerSecond",
            "duplicateRatio",
            "reorderRatio",
            "flapMillis");

    private final World world;
    private final ChaosLinks.Timer timer;

    /** {@code timer} runs what is undone by itself. */
    LinkFaults(World world, ChaosLinks.Timer timer) {
        this.world = world;
        this.timer = timer;
    }

    /**
     * Changes it, for {@code forMillis} if there is such a field; throws IllegalArgumentException for what is not known.
     *
     * @param action {@code cut}, {@code heal}, or empty: what the fields say
     */
    CompletionStage<Void> change(String from, String to, String action, Fields fields) {
        long forMillis = fields.number("forMillis", 0);
        fields.without("forMillis").only("a link", action.isEmpty() ? MEMBERS : Set.of());
        LinkFault now = world.faults().link(from, to);
        CompletionStage<Void> changed = switch (action) {
            case "heal" -> world.healLink(from, to);
            case "cut" -> world.setLink(from, to, now.withCut(true));
            case "" -> world.setLink(from, to, bent(now, fields));
            default -> throw new IllegalArgumentException("a link can be cut or healed, not " + action);
        };
        if (forMillis > 0) {
            LinkFault set = world.faults().link(from, to);
            // What was set again in the meantime is not this one's to heal: the very object is compared.
            timer.after(forMillis, () -> {
                if (world.faults().link(from, to) == set) {
                    world.healLink(from, to);
                }
            });
        }
        return changed;
    }

    private static LinkFault bent(LinkFault now, Fields fields) {
        return new LinkFault(
                now.cut(),
                fields.number("oneWayMillis", now.latencyMillis()),
                fields.number("jitterMillis", now.jitterMillis()),
                fields.decimal("lossRatio", now.lossRatio()),
                fields.number("bytesPerSecond", now.bytesPerSecond()),
                fields.decimal("duplicateRatio", now.duplicateRatio()),
                fields.decimal("reorderRatio", now.reorderRatio()),
                fields.number("flapMillis", now.flapMillis()));
    }
}

package dev.meridian.chaos.drill.fault;

import dev.meridian.chaos.fault.Breakable;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** Nothing passes between two groups of regions, or from one to the other. */
public record Cut(List<String> from, List<String> to, boolean oneWay) implements DrillFault {

    static final FaultKind OF_A_LINK = new FaultKind("link-cut", List.of("link"), step -> {
        LinkName link = step.link();
        return new Cut(List.of(link.from()), List.of(link.to()), link.oneWay());
    });
    static final FaultKind OF_GROUPS = new FaultKind("partition", List.of("groups"), step -> {
        List<List<String>> sides = step.groups();
        return new Cut(sides.get(0), sides.get(1), false);
    });

    @Override
    public CompletionStage<Void> begin(Breakable world) {
        return LinkName.each(LinkName.between(from, to, oneWay), world::cut);
    }

    @Override
    public CompletionStage<Void> end(Breakable world) {
        return LinkName.each(LinkName.between(from, to, oneWay), world::healLink);
    }

    @Override
    public String name() {
        return (from.size() + to.size() == 2 ? OF_A_LINK : OF_GROUPS).name();
    }

    @Override
    public String describe() {
        return String.join(",", from) + (oneWay ? " > " : " / ") + String.join(",", to) + " cut";
    }
}

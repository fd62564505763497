package dev.meridian.chaos.drill.fault;

import dev.meridian.chaos.fault.Breakable;
import dev.meridian.chaos.fault.DoorEffects;
import dev.meridian.chaos.fault.DoorRule;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** A door that fails some requests. */
public record BrokenDoor(String effect, DoorRule rule) implements DrillFault {

    static final FaultKind KIND = new FaultKind(
            "http-door", List.of("effect", "region", "operation", "table", "probability", "latency"), BrokenDoor::read);

    private static DrillFault read(StepReader step) {
        String effect = step.text("effect");
        try {
            return new BrokenDoor(
                    effect,
                    DoorEffects.rule(
                            effect,
                            step.regionOrAll(),
                            step.text("operation", ""),
                            step.text("table", ""),
                            step.share("probability", 1),
                            step.millis("latency", 1_000)));
        } catch (IllegalArgumentException wrong) {
            throw step.wrong("effect", String.valueOf(wrong.getMessage()));
        }
    }

    @Override
    public CompletionStage<Void> begin(Breakable world) {
        return world.addDoorRule(rule);
    }

    @Override
    public CompletionStage<Void> end(Breakable world) {
        return world.removeDoorRule(rule);
    }

    @Override
    public String name() {
        return KIND.name();
    }

    @Override
    public String describe() {
        return "door " + effect + (rule.region().isEmpty() ? "" : " in " + rule.region())
                + (rule.operation().isEmpty() ? "" : " for " + rule.operation())
                + (rule.table().isEmpty() ? "" : " on " + rule.table());
    }
}

package dev.meridian.node.catalogue;

import java.util.List;
import java.util.Optional;

/**
 * What makes a table strongly consistent, as it stands in its settings.
 *
 * @param group the identifier under which regions agree on its items; a new one every time a table becomes strong
 * @param acceptors the three regions that decide, a witness among them; they never change
 */
public record StrongSettings(String group, List<String> acceptors) {

    static final String GROUP = "strong-group";
    static final String ACCEPTORS = "strong-acceptors";
    static final String WITNESS = "witness";
    static final String WITNESS_PHASE = "witness-phase";
    static final String WITNESS_GROUP = "witness-group";

    /** How far a witness has come. */
    public enum Phase {
        CREATING,
        ACTIVE,
        DELETING
    }

    /** A region that decides without a replica. */
    public record WitnessState(String region, Phase phase, String group) {}

    /** What the settings say; empty: the table is not strongly consistent. */
    public static Optional<StrongSettings> of(TableSettings settings) {
        return settings.get(GROUP)
                .map(group -> new StrongSettings(
                        group, List.of(settings.get(ACCEPTORS).orElseThrow().split(","))));
    }

    /** The witness, if there is one, or one that has not left yet. */
    public static Optional<WitnessState> witness(TableSettings settings) {
        return settings.get(WITNESS)
                .map(region -> new WitnessState(
                        region,
                        Phase.valueOf(settings.get(WITNESS_PHASE).orElseThrow()),
                        settings.get(WITNESS_GROUP).orElseThrow()));
    }

    /** The settings of a table that becomes strongly consistent. */
    public static TableSettings made(
            TableSettings settings, String group, List<String> acceptors, Optional<String> witness) {
        TableSettings strong = settings.with(GROUP, group).with(ACCEPTORS, String.join(",", acceptors));
        return witness.map(region -> strong.with(WITNESS, region)
                        .with(WITNESS_PHASE, Phase.CREATING.name())
                        .with(WITNESS_GROUP, group))
                .orElse(strong);
    }

    /** The settings of a table that is strongly consistent no more; its witness has yet to leave. */
    public static TableSettings undone(TableSettings settings) {
        TableSettings plain = settings.without(GROUP).without(ACCEPTORS);
        return witness(settings).isPresent() ? plain.with(WITNESS_PHASE, Phase.DELETING.name()) : plain;
    }

    /** The settings once the witness has done what it was asked for last. */
    public static TableSettings witnessAnswered(TableSettings settings) {
        Phase phase = witness(settings).orElseThrow().phase();
        return phase == Phase.DELETING
                ? settings.without(WITNESS).without(WITNESS_PHASE).without(WITNESS_GROUP)
                : settings.with(WITNESS_PHASE, Phase.ACTIVE.name());
    }
}

package dev.meridian.node.catalogue;

import dev.meridian.table.definition.IndexDefinition;
import dev.meridian.table.definition.TableDefinition;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What of a table is this region's own and follows from its definition: streams and index rows. Immutable.
 *
 * @param streams the table's streams here, the last one last
 * @param indexes by name, those that go among them
 */
public record RegionalState(List<StreamState> streams, Map<String, IndexState> indexes) {

    public RegionalState {
        streams = List.copyOf(streams);
        indexes = Collections.unmodifiableMap(new LinkedHashMap<>(indexes));
    }

    /** Of a table without items: every index holds all of them. */
    static RegionalState of(TableDefinition definition) {
        Map<String, IndexState> indexes = new LinkedHashMap<>();
        for (IndexDefinition index : definition.indexes()) {
            indexes.put(index.name(), IndexState.of(definition, index, indexes.size() + 1, IndexState.Phase.ACTIVE));
        }
        return new RegionalState(List.of(), indexes);
    }

    /**
     * After the definition has changed: indexes new in it are to be filled, those gone from it to be removed. One that is another
     * under the same name, as a region finds it that was cut off meanwhile, is removed first.
     */
    RegionalState following(TableDefinition definition) {
        Map<String, IndexState> changed = new LinkedHashMap<>();
        int last = 0;
        for (Map.Entry<String, IndexState> index : indexes.entrySet()) {
            last = Math.max(last, index.getValue().number());
            boolean isDefined = definition.indexes().stream()
                    .anyMatch(defined -> defined.name().equals(index.getKey())
                            && IndexState.shape(definition, defined)
                                    .equals(index.getValue().shape()));
            changed.put(
                    index.getKey(),
                    isDefined ? index.getValue() : index.getValue().in(IndexState.Phase.LEAVING));
        }
        for (IndexDefinition defined : definition.indexes()) {
            if (!changed.containsKey(defined.name())) {
                changed.put(defined.name(), IndexState.of(definition, defined, ++last, IndexState.Phase.BACKFILLING));
            }
        }
        return new RegionalState(streams, changed);
    }

    RegionalState filled(String index) {
        Map<String, IndexState> changed = new LinkedHashMap<>(indexes);
        changed.computeIfPresent(index, (name, state) -> state.in(IndexState.Phase.ACTIVE));
        return new RegionalState(streams, changed);
    }

    RegionalState removed(String index) {
        Map<String, IndexState> changed = new LinkedHashMap<>(indexes);
        changed.remove(index);
        return new RegionalState(streams, changed);
    }

    /** The stream that was turned on last, if there ever was one. */
    Optional<StreamState> lastStream() {
        return streams.isEmpty() ? Optional.empty() : Optional.of(streams.get(streams.size() - 1));
    }

    RegionalState streamStarted(String view, long atMillis) {
        List<StreamState> changed = new ArrayList<>(streams);
        int number = lastStream().map(StreamState::number).orElse(0) + 1;
        changed.add(new StreamState(number, view, atMillis, 0));
        return new RegionalState(changed, indexes);
    }

    RegionalState streamEnded(long atMillis) {
        List<StreamState> changed = new ArrayList<>(streams);
        changed.replaceAll(stream -> stream.isOn()
                ? new StreamState(stream.number(), stream.view(), stream.startedMillis(), atMillis)
                : stream);
        return new RegionalState(changed, indexes);
    }

    RegionalState streamForgotten(int number) {
        return new RegionalState(
                streams.stream().filter(stream -> stream.number() != number).toList(), indexes);
    }
}

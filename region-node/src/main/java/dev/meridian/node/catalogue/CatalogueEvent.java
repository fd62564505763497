package dev.meridian.node.catalogue;

import dev.meridian.table.definition.TableDefinition;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** What has happened to the catalogue. Facts: applying them never fails. Written to the journal by {@link CatalogueBytes}. */
public sealed interface CatalogueEvent {

    /** The table the event is about, by its global identifier. */
    String globalId();

    /** A table has come into being here, CREATING. */
    record TableCreated(
            String globalId,
            TableDefinition definition,
            int number,
            String id,
            String arn,
            int partitionCount,
            long createdMillis)
            implements CatalogueEvent {}

    /** The table here has another status. */
    record StatusChanged(String globalId, TableState.Status status) implements CatalogueEvent {}

    /** The table's definition has been changed here. */
    record TableRedefined(String globalId, TableDefinition definition) implements CatalogueEvent {}

    /** The table has these tags here. */
    record TableTagged(String globalId, Map<String, String> tags) implements CatalogueEvent {

        public TableTagged {
            tags = Collections.unmodifiableMap(new LinkedHashMap<>(tags));
        }
    }

    /** An index holds every item. */
    record IndexFilled(String globalId, String index) implements CatalogueEvent {}

    /** The rows of an index that was deleted are gone. */
    record IndexRemoved(String globalId, String index) implements CatalogueEvent {}

    /** What is set on the table has been changed here. */
    record SettingsChanged(String globalId, TableSettings settings) implements CatalogueEvent {}

    /** The table has been changed in another region; what is a region's own stays as it is here. */
    record SettingsHeard(String globalId, TableDefinition definition, TableSettings settings, SettingsRevision revision)
            implements CatalogueEvent {}

    /** Streams are turned on here. */
    record StreamStarted(String globalId, String view, long atMillis) implements CatalogueEvent {}

    /** Streams are turned off here. */
    record StreamEnded(String globalId, long atMillis) implements CatalogueEvent {}

    /** A stream that was turned off has been read for as long as it may. */
    record StreamForgotten(String globalId, int number) implements CatalogueEvent {}

    /** Another region is asked to join. */
    record ReplicaRequested(String globalId, String region, Member.Origin origin) implements CatalogueEvent {}

    /** Another region is asked to leave, or cannot join, or has left. */
    record ReplicaChanged(String globalId, String region, Member.Phase phase) implements CatalogueEvent {}

    /** Other regions know this of the table's members. */
    record MembersHeard(String globalId, Map<String, Member> members) implements CatalogueEvent {}

    /** The table is gone from here, with all its rows but those of streams that have been turned off. */
    record TableDropped(String globalId) implements CatalogueEvent {}

    /** The streams of a table that is gone have been read for as long as they may; {@code number} is the table's. */
    record TableForgotten(String globalId, int number) implements CatalogueEvent {}

    /** The others have given this region up: the table here is one of its own from now on, under another identifier. */
    record TableDetached(String globalId, String newId) implements CatalogueEvent {}

    /** Every other region knows that the table is gone from here. */
    record DepartureForgotten(String globalId) implements CatalogueEvent {}
}

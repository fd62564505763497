package dev.meridian.node.catalogue;

import dev.meridian.replication.log.MalformedBytesException;
import dev.meridian.replication.log.Wire;
import dev.meridian.table.definition.TableDefinition;

/** What has happened to the catalogue. Facts: applying them never fails. */
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

    /** The table's settings have changed. */
    record TableRedefined(String globalId, TableDefinition definition) implements CatalogueEvent {}

    /** Another region has a replica, or its replica has another status. */
    record ReplicaChanged(String globalId, String region, TableState.Status status) implements CatalogueEvent {}

    /** Another region has no replica any more. */
    record ReplicaRemoved(String globalId, String region) implements CatalogueEvent {}

    /** The table is gone from here, with all its rows. */
    record TableDropped(String globalId) implements CatalogueEvent {}

    /** As it is written to the journal. */
    static byte[] encode(CatalogueEvent event) {
        Wire.Writer out = new Wire.Writer(256);
        if (event instanceof TableCreated created) {
            out.byteValue(1)
                    .text(created.globalId())
                    .bytes(created.definition().toRequest())
                    .number(created.number())
                    .text(created.id())
                    .text(created.arn())
                    .number(created.partitionCount())
                    .number(created.createdMillis());
        } else if (event instanceof StatusChanged changed) {
            out.byteValue(2).text(changed.globalId()).text(changed.status().name());
        } else if (event instanceof TableRedefined redefined) {
            out.byteValue(3)
                    .text(redefined.globalId())
                    .bytes(redefined.definition().toRequest());
        } else if (event instanceof ReplicaChanged changed) {
            out.byteValue(4)
                    .text(changed.globalId())
                    .text(changed.region())
                    .text(changed.status().name());
        } else if (event instanceof ReplicaRemoved removed) {
            out.byteValue(5).text(removed.globalId()).text(removed.region());
        } else {
            out.byteValue(6).text(event.globalId());
        }
        return out.toBytes();
    }

    /** Reads what {@link #encode} wrote. */
    static CatalogueEvent decode(byte[] bytes) {
        Wire.Reader in = new Wire.Reader(bytes);
        int kind = in.byteValue();
        String globalId = in.text();
        return switch (kind) {
            case 1 ->
                new TableCreated(
                        globalId,
                        TableDefinition.fromRequest(in.bytes()),
                        (int) in.number(),
                        in.text(),
                        in.text(),
                        (int) in.number(),
                        in.number());
            case 2 -> new StatusChanged(globalId, TableState.Status.valueOf(in.text()));
            case 3 -> new TableRedefined(globalId, TableDefinition.fromRequest(in.bytes()));
            case 4 -> new ReplicaChanged(globalId, in.text(), TableState.Status.valueOf(in.text()));
            case 5 -> new ReplicaRemoved(globalId, in.text());
            case 6 -> new TableDropped(globalId);
            default -> throw new MalformedBytesException("a catalogue event of kind " + kind);
        };
    }
}

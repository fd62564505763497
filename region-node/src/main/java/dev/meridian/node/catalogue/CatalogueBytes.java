package dev.meridian.node.catalogue;

import dev.meridian.replication.log.MalformedBytesException;
import dev.meridian.replication.log.Wire;
import dev.meridian.table.definition.TableDefinition;
import dev.meridian.table.model.ConstraintViolationException;
import dev.meridian.table.model.MalformedRequestException;
import dev.meridian.table.model.ServiceException;
import java.util.LinkedHashMap;
import java.util.Map;

/** Catalogue events and their parts as bytes, for the journal and for announcements. */
public final class CatalogueBytes {

    private static final int TABLE_CREATED = 1;
    private static final int STATUS_CHANGED = 2;
    private static final int TABLE_REDEFINED = 3;
    private static final int SETTINGS_CHANGED = 4;
    private static final int SETTINGS_HEARD = 5;
    private static final int REPLICA_CHANGED = 6;
    private static final int MEMBERS_HEARD = 7;
    private static final int TABLE_DROPPED = 8;
    private static final int DEPARTURE_FORGOTTEN = 9;
    private static final int REPLICA_REQUESTED = 10;
    private static final int STREAM_STARTED = 11;
    private static final int STREAM_ENDED = 12;
    private static final int STREAM_FORGOTTEN = 13;
    private static final int TABLE_TAGGED = 14;
    private static final int INDEX_FILLED = 15;
    private static final int INDEX_REMOVED = 16;
    private static final int TABLE_FORGOTTEN = 20;
    private static final int TABLE_DETACHED = 17;

    private CatalogueBytes() {}

    /** As it is written to the journal. */
    public static byte[] encode(CatalogueEvent event) {
        Wire.Writer out = new Wire.Writer(256);
        if (event instanceof CatalogueEvent.TableCreated created) {
            out.byteValue(TABLE_CREATED)
                    .text(created.globalId())
                    .bytes(created.definition().toRequest())
                    .number(created.number())
                    .text(created.id())
                    .text(created.arn())
                    .number(created.partitionCount())
                    .number(created.createdMillis());
        } else if (event instanceof CatalogueEvent.StatusChanged changed) {
            out.byteValue(STATUS_CHANGED)
                    .text(changed.globalId())
                    .text(changed.status().name());
        } else if (event instanceof CatalogueEvent.TableRedefined redefined) {
            out.byteValue(TABLE_REDEFINED)
                    .text(redefined.globalId())
                    .bytes(redefined.definition().toRequest());
        } else if (event instanceof CatalogueEvent.SettingsChanged changed) {
            settings(out.byteValue(SETTINGS_CHANGED).text(changed.globalId()), changed.settings());
        } else if (event instanceof CatalogueEvent.SettingsHeard heard) {
            out.byteValue(SETTINGS_HEARD)
                    .text(heard.globalId())
                    .bytes(heard.definition().toRequest());
            settings(out, heard.settings());
            revision(out, heard.revision());
        } else if (event instanceof CatalogueEvent.TableTagged tagged) {
            settings(out.byteValue(TABLE_TAGGED).text(tagged.globalId()), new TableSettings(tagged.tags()));
        } else if (event instanceof CatalogueEvent.IndexFilled filled) {
            out.byteValue(INDEX_FILLED).text(filled.globalId()).text(filled.index());
        } else if (event instanceof CatalogueEvent.IndexRemoved removed) {
            out.byteValue(INDEX_REMOVED).text(removed.globalId()).text(removed.index());
        } else if (event instanceof CatalogueEvent.StreamStarted started) {
            out.byteValue(STREAM_STARTED)
                    .text(started.globalId())
                    .text(started.view())
                    .number(started.atMillis());
        } else if (event instanceof CatalogueEvent.StreamEnded ended) {
            out.byteValue(STREAM_ENDED).text(ended.globalId()).number(ended.atMillis());
        } else if (event instanceof CatalogueEvent.StreamForgotten forgotten) {
            out.byteValue(STREAM_FORGOTTEN).text(forgotten.globalId()).number(forgotten.number());
        } else if (event instanceof CatalogueEvent.ReplicaRequested requested) {
            origin(
                    out.byteValue(REPLICA_REQUESTED).text(requested.globalId()).text(requested.region()),
                    requested.origin());
        } else if (event instanceof CatalogueEvent.ReplicaChanged changed) {
            out.byteValue(REPLICA_CHANGED)
                    .text(changed.globalId())
                    .text(changed.region())
                    .text(changed.phase().name());
        } else if (event instanceof CatalogueEvent.MembersHeard heard) {
            members(out.byteValue(MEMBERS_HEARD).text(heard.globalId()), heard.members());
        } else if (event instanceof CatalogueEvent.TableForgotten forgotten) {
            out.byteValue(TABLE_FORGOTTEN).text(forgotten.globalId()).number(forgotten.number());
        } else if (event instanceof CatalogueEvent.TableDetached detached) {
            out.byteValue(TABLE_DETACHED).text(detached.globalId()).text(detached.newId());
        } else if (event instanceof CatalogueEvent.TableDropped) {
            out.byteValue(TABLE_DROPPED).text(event.globalId());
        } else {
            out.byteValue(DEPARTURE_FORGOTTEN).text(event.globalId());
        }
        return out.toBytes();
    }

    /** Reads what {@link #encode} wrote. */
    public static CatalogueEvent decode(byte[] bytes) {
        Wire.Reader in = new Wire.Reader(bytes);
        int kind = in.byteValue();
        String globalId = in.text();
        return switch (kind) {
            case TABLE_CREATED ->
                new CatalogueEvent.TableCreated(
                        globalId, definition(in), in.index(), in.text(), in.text(), in.index(), in.number());
            case STATUS_CHANGED -> new CatalogueEvent.StatusChanged(globalId, in.constant(TableState.Status.class));
            case TABLE_REDEFINED -> new CatalogueEvent.TableRedefined(globalId, definition(in));
            case SETTINGS_CHANGED -> new CatalogueEvent.SettingsChanged(globalId, settings(in));
            case SETTINGS_HEARD ->
                new CatalogueEvent.SettingsHeard(globalId, definition(in), settings(in), revision(in));
            case REPLICA_CHANGED ->
                new CatalogueEvent.ReplicaChanged(globalId, in.text(), in.constant(Member.Phase.class));
            case REPLICA_REQUESTED -> new CatalogueEvent.ReplicaRequested(globalId, in.text(), origin(in));
            case TABLE_TAGGED ->
                new CatalogueEvent.TableTagged(globalId, settings(in).values());
            case INDEX_FILLED -> new CatalogueEvent.IndexFilled(globalId, in.text());
            case INDEX_REMOVED -> new CatalogueEvent.IndexRemoved(globalId, in.text());
            case STREAM_STARTED -> new CatalogueEvent.StreamStarted(globalId, in.text(), in.number());
            case STREAM_ENDED -> new CatalogueEvent.StreamEnded(globalId, in.number());
            case STREAM_FORGOTTEN -> new CatalogueEvent.StreamForgotten(globalId, in.index());
            case MEMBERS_HEARD -> new CatalogueEvent.MembersHeard(globalId, members(in));
            case TABLE_FORGOTTEN -> new CatalogueEvent.TableForgotten(globalId, in.index());
            case TABLE_DETACHED -> new CatalogueEvent.TableDetached(globalId, in.text());
            case TABLE_DROPPED -> new CatalogueEvent.TableDropped(globalId);
            case DEPARTURE_FORGOTTEN -> new CatalogueEvent.DepartureForgotten(globalId);
            default -> throw new MalformedBytesException("a catalogue event of kind " + kind);
        };
    }

    static TableDefinition definition(Wire.Reader in) {
        try {
            return TableDefinition.fromRequest(in.bytes());
        } catch (ServiceException | ConstraintViolationException | MalformedRequestException refused) {
            throw new MalformedBytesException("no table: " + refused.getMessage());
        }
    }

    static void settings(Wire.Writer out, TableSettings settings) {
        out.number(settings.values().size());
        settings.values().forEach((name, value) -> out.text(name).text(value));
    }

    static TableSettings settings(Wire.Reader in) {
        Map<String, String> values = new LinkedHashMap<>();
        for (int left = in.count(); left > 0; left--) {
            values.put(in.text(), in.text());
        }
        return new TableSettings(values);
    }

    static void members(Wire.Writer out, Map<String, Member> members) {
        out.number(members.size());
        members.forEach((region, member) -> origin(
                out.text(region).number(member.epoch()).text(member.phase().name()), member.origin()));
    }

    static Map<String, Member> members(Wire.Reader in) {
        Map<String, Member> members = new LinkedHashMap<>();
        for (int left = in.count(); left > 0; left--) {
            members.put(in.text(), new Member(in.number(), in.constant(Member.Phase.class), origin(in)));
        }
        return members;
    }

    private static void origin(Wire.Writer out, Member.Origin origin) {
        out.text(origin.source()).number(origin.atMillis());
    }

    private static Member.Origin origin(Wire.Reader in) {
        return new Member.Origin(in.text(), in.number());
    }

    static void revision(Wire.Writer out, SettingsRevision revision) {
        out.number(revision.count()).text(revision.region());
    }

    static SettingsRevision revision(Wire.Reader in) {
        return new SettingsRevision(in.number(), in.text());
    }
}

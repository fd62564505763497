package dev.meridian.node.stream;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.meridian.node.account.Caller;
import dev.meridian.node.catalogue.Catalogue;
import dev.meridian.node.catalogue.StreamState;
import dev.meridian.node.catalogue.TableArns;
import dev.meridian.node.catalogue.TableState;
import dev.meridian.node.settings.ServiceSettings;
import dev.meridian.storage.OrderedReader;
import dev.meridian.table.definition.DefinitionWriter;
import dev.meridian.table.model.ServiceException;
import dev.meridian.table.model.Struct;
import dev.meridian.table.operation.Answer;
import dev.meridian.table.operation.DataOperations;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** The four operations that read streams. Thread-safe; each runs on its caller's thread and reads the store. */
public final class StreamPlane {

    private static final int PAGE_MAX = 100;
    private static final int RECORDS_MAX = 1_000;
    private static final int PAGE_BYTES_MAX = 1024 * 1024;
    private static final long ITERATOR_MILLIS = Duration.ofMinutes(15).toMillis();
    private static final String TRIMMED = "The operation attempted to read past the oldest stream record in a shard";

    private final Catalogue catalogue;
    private final StreamShards shards;
    private final ShardLineage lineage;
    private final InstantSource clock;
    private final Map<String, BiFunction<Caller, Struct, byte[]>> operations = Map.of(
            "ListStreams", this::listStreams,
            "DescribeStream", this::describeStream,
            "GetShardIterator", this::getShardIterator,
            "GetRecords", this::getRecords);

    public StreamPlane(Catalogue catalogue, OrderedReader store, ServiceSettings service, InstantSource clock) {
        this.catalogue = catalogue;
        this.shards = new StreamShards(store);
        this.lineage = new ShardLineage(shards, service);
        this.clock = clock;
    }

    private record Place(TableState table, StreamState stream) {

        String arn() {
            return StreamNames.arn(table, stream);
        }
    }

    /** The operations that {@link #run} serves. */
    public Set<String> names() {
        return operations.keySet();
    }

    /** Runs an operation; throws {@link ServiceException} for what the client is to be told. */
    public byte[] run(Caller caller, byte[] body) {
        String operation = caller.operation();
        BiFunction<Caller, Struct, byte[]> served = operations.get(operation);
        if (served == null) {
            throw DataOperations.unknown(operation);
        }
        return served.apply(caller, DataOperations.decode(operation, body));
    }

    private byte[] listStreams(Caller caller, Struct request) {
        String table = request.text("TableName");
        String after = request.text("ExclusiveStartStreamArn", "");
        List<Place> places = new ArrayList<>();
        for (Place place : places()) {
            boolean isAsked = table == null || place.table().name().equals(TableArns.nameIn(table));
            boolean isOwn = place.table().account().equals(caller.account());
            if (isAsked && isOwn && place.arn().compareTo(after) > 0) {
                places.add(place);
            }
        }
        int limit = limit(request, PAGE_MAX);
        return Answer.of(json -> {
            json.writeArrayFieldStart("Streams");
            for (Place place : places.subList(0, Math.min(limit, places.size()))) {
                json.writeStartObject();
                json.writeStringField("StreamArn", place.arn());
                json.writeStringField("TableName", place.table().name());
                json.writeStringField("StreamLabel", place.stream().label());
                json.writeEndObject();
            }
            json.writeEndArray();
            if (places.size() > limit) {
                json.writeStringField(
                        "LastEvaluatedStreamArn", places.get(limit - 1).arn());
            }
        });
    }

    private byte[] describeStream(Caller caller, Struct request) {
        Place place = find(caller, request.requiredText("StreamArn"));
        String after = request.text("ExclusiveStartShardId", "");
        int limit = limit(request, PAGE_MAX);
        Struct filter = request.struct("ShardFilter");
        String parent = filter == null ? "" : filter.text("ShardId", "");
        List<ShardLineage.Shard> found = lineage.of(place.table(), place.stream(), clock.millis()).stream()
                .filter(shard -> shard.id().compareTo(after) > 0)
                .filter(shard ->
                        filter == null || shard.parent().filter(parent::equals).isPresent())
                .toList();
        return Answer.of(json -> {
            json.writeObjectFieldStart("StreamDescription");
            json.writeStringField("StreamArn", place.arn());
            json.writeStringField("StreamLabel", place.stream().label());
            json.writeStringField("StreamStatus", place.stream().isOn() ? "ENABLED" : "DISABLED");
            json.writeStringField("StreamViewType", place.stream().view());
            json.writeFieldName("CreationRequestDateTime");
            json.writeNumber(BigDecimal.valueOf(place.stream().startedMillis(), 3));
            json.writeStringField("TableName", place.table().name());
            DefinitionWriter.keySchema(json, place.table().definition().key());
            json.writeArrayFieldStart("Shards");
            for (ShardLineage.Shard shard : found.subList(0, Math.min(limit, found.size()))) {
                shard(json, shard);
            }
            json.writeEndArray();
            if (found.size() > limit) {
                json.writeStringField(
                        "LastEvaluatedShardId", found.get(limit - 1).id());
            }
            json.writeEndObject();
        });
    }

    private static void shard(JsonGenerator json, ShardLineage.Shard shard) throws IOException {
        json.writeStartObject();
        json.writeStringField("ShardId", shard.id());
        json.writeObjectFieldStart("SequenceNumberRange");
        json.writeStringField("StartingSequenceNumber", StreamNames.sequence(shard.first()));
        if (shard.isClosed()) {
            json.writeStringField(
                    "EndingSequenceNumber", StreamNames.sequence(Math.max(shard.first(), shard.end() - 1)));
        }
        json.writeEndObject();
        if (shard.parent().isPresent()) {
            json.writeStringField("ParentShardId", shard.parent().get());
        }
        json.writeEndObject();
    }

    private byte[] getShardIterator(Caller caller, Struct request) {
        Place place = find(caller, request.requiredText("StreamArn"));
        String shardId = request.requiredText("ShardId");
        long nowMillis = clock.millis();
        ShardLineage.Shard shard = lineage.find(place.table(), place.stream(), shardId, nowMillis)
                .orElseThrow(() -> ServiceException.dynamodb(
                        "ResourceNotFoundException",
                        "Requested resource not found: Shard: " + shardId + " in Stream: " + place.arn()
                                + " not found"));
        String type = request.requiredText("ShardIteratorType");
        String given = request.text("SequenceNumber");
        if (type.endsWith("_SEQUENCE_NUMBER") != (given != null)) {
            throw ServiceException.validation(
                    given == null
                            ? "The SequenceNumber parameter is required for shard iterator type " + type
                            : "The SequenceNumber parameter is not allowed for shard iterator type " + type);
        }
        long horizon = lineage.horizon(place.table(), place.stream(), shard.partition(), nowMillis);
        long next = switch (type) {
            case "TRIM_HORIZON" -> Math.max(shard.first(), horizon);
            case "LATEST" ->
                shard.isClosed() ? shard.end() : shards.last(place.table(), place.stream(), shard.partition()) + 1;
            default -> at(horizon, given, type.startsWith("AFTER"));
        };
        String iterator = new ShardIterator(place.arn(), shard.partition(), shard.span(), next, nowMillis).encode();
        return Answer.of(json -> json.writeStringField("ShardIterator", iterator));
    }

    private static long at(long horizon, @Nullable String given, boolean after) {
        long sequence = StreamNames.sequence(given == null ? "" : given);
        if (after ? sequence < horizon - 1 : sequence < horizon) {
            throw ServiceException.dynamodb("TrimmedDataAccessException", TRIMMED);
        }
        return after ? sequence + 1 : sequence;
    }

    private byte[] getRecords(Caller caller, Struct request) {
        ShardIterator iterator = ShardIterator.decode(request.requiredText("ShardIterator"));
        long nowMillis = clock.millis();
        if (iterator.issuedMillis() + ITERATOR_MILLIS < nowMillis) {
            throw ServiceException.dynamodb(
                    "ExpiredIteratorException",
                    "Iterator expired. The iterator was created at time " + iterator.issuedMillis()
                            + " while right now it is " + nowMillis
                            + " which is further in the future than the tolerated delay of " + ITERATOR_MILLIS
                            + " milliseconds.");
        }
        Place place = find(caller, iterator.streamArn());
        if (iterator.next() < lineage.horizon(place.table(), place.stream(), iterator.partition(), nowMillis)) {
            throw ServiceException.dynamodb("TrimmedDataAccessException", TRIMMED);
        }
        return records(place, iterator, limit(request, RECORDS_MAX), nowMillis);
    }

    private byte[] records(Place place, ShardIterator iterator, int limit, long nowMillis) {
        int partition = iterator.partition();
        ShardLineage.Shard shard = lineage.shard(place.table(), place.stream(), partition, iterator.span(), nowMillis);
        List<StreamShards.Change> page = new ArrayList<>();
        long[] next = {iterator.next()};
        long[] bytes = {0};
        shards.read(place.table(), place.stream(), partition, iterator.next(), entry -> {
            if (entry.sequence() >= shard.end()) {
                return false;
            }
            next[0] = entry.sequence() + 1;
            shards.change(place.table(), partition, entry).ifPresent(change -> {
                page.add(change);
                bytes[0] += change.bytes();
            });
            return page.size() < limit && bytes[0] < PAGE_BYTES_MAX;
        });
        StreamRecordWriter writer = new StreamRecordWriter(place.table(), place.stream(), shard.id());
        return Answer.of(json -> {
            json.writeArrayFieldStart("Records");
            for (StreamShards.Change change : page) {
                writer.write(json, change);
            }
            json.writeEndArray();
            if (next[0] < shard.end()) {
                json.writeStringField(
                        "NextShardIterator", iterator.at(next[0], nowMillis).encode());
            }
        });
    }

    private Place find(Caller caller, String arn) {
        if (!arn.startsWith("arn:aws:dynamodb:") || !arn.contains("/stream/")) {
            throw ServiceException.validation("Invalid StreamArn");
        }
        if (!TableArns.parse(arn).map(TableArns.Parts::account).orElse("").equals(caller.account())) {
            throw caller.denied(arn);
        }
        return places().stream()
                .filter(place -> place.arn().equals(arn))
                .findFirst()
                .orElseThrow(() -> ServiceException.dynamodb(
                        "ResourceNotFoundException", "Requested resource not found: Stream: " + arn + " not found"));
    }

    private List<Place> places() {
        List<Place> places = new ArrayList<>();
        for (TableState table : catalogue.state().withStreams()) {
            table.here().streams().forEach(stream -> places.add(new Place(table, stream)));
        }
        places.sort(Comparator.comparing(Place::arn));
        return places;
    }

    private static int limit(Struct request, int most) {
        Long asked = request.number("Limit");
        if (asked != null && asked > most) {
            throw ServiceException.validation("1 validation error detected: Value '" + asked
                    + "' at 'limit' failed to satisfy constraint: Member must have value less than or equal to "
                    + most);
        }
        return asked == null ? most : asked.intValue();
    }
}

package dev.meridian.node.control;

import dev.meridian.node.catalogue.Catalogue;
import dev.meridian.node.catalogue.CatalogueEvent;
import dev.meridian.node.catalogue.CatalogueState;
import dev.meridian.node.catalogue.TableArns;
import dev.meridian.node.catalogue.TableState;
import dev.meridian.table.definition.CreateTableRequest;
import dev.meridian.table.definition.TableDefinition;
import dev.meridian.table.definition.TableDescriptionWriter;
import dev.meridian.table.model.ServiceException;
import dev.meridian.table.model.Struct;
import dev.meridian.table.operation.Answer;
import dev.meridian.table.operation.DataOperations;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;

/** The operations on tables. Thread-safe. */
public final class ControlPlane {

    private static final int LIST_MAX = 100;

    private final String region;
    private final List<String> regions;
    private final boolean globalTables;
    private final int partitionsPerTable;
    private final Catalogue catalogue;
    private final CatalogueWriter writer;
    private final InstantSource clock;
    private final Supplier<String> ids;
    private final TableSizes sizes;
    private final Map<String, Function<Struct, CompletionStage<byte[]>>> operations;

    /** How many items a table holds and how large they are. */
    @FunctionalInterface
    public interface TableSizes {

        long itemCount(TableState table);
    }

    /**
     * @param region this region
     * @param regions every region of the run, this one among them
     * @param globalTables whether new tables get replicas everywhere
     * @param ids gives identifiers
     */
    public ControlPlane(
            String region,
            List<String> regions,
            boolean globalTables,
            int partitionsPerTable,
            Catalogue catalogue,
            CatalogueWriter writer,
            InstantSource clock,
            Supplier<String> ids,
            TableSizes sizes) {
        this.region = region;
        this.regions = List.copyOf(regions);
        this.globalTables = globalTables;
        this.partitionsPerTable = partitionsPerTable;
        this.catalogue = catalogue;
        this.writer = writer;
        this.clock = clock;
        this.ids = ids;
        this.sizes = sizes;
        this.operations = Map.of(
                "CreateTable", this::createTable,
                "DescribeTable", this::describeTable,
                "ListTables", this::listTables,
                "UpdateTable", this::updateTable,
                "DeleteTable", this::deleteTable,
                "DescribeEndpoints", this::describeEndpoints,
                "DescribeLimits", this::describeLimits,
                "DescribeTimeToLive", this::describeTimeToLive,
                "ListTagsOfResource", this::listTags);
    }

    /** Runs an operation; what is not served fails as unknown. */
    public CompletionStage<byte[]> handle(String operation, byte[] body) {
        try {
            Struct request = DataOperations.decode(operation, body);
            Function<Struct, CompletionStage<byte[]>> handler = operations.get(operation);
            if (handler == null) {
                throw DataOperations.unknown(operation);
            }
            return handler.apply(request);
        } catch (ServiceException refused) {
            return CompletableFuture.failedFuture(refused);
        }
    }

    private CompletionStage<byte[]> createTable(Struct request) {
        TableDefinition definition = CreateTableRequest.parse(request);
        String globalId = ids.get();
        return writer.change(state -> {
                    if (state.byName(definition.name()).isPresent()) {
                        throw ServiceException.dynamodb(
                                "ResourceInUseException", "Table already exists: " + definition.name());
                    }
                    return created(state, definition, globalId);
                })
                .thenApply(state ->
                        describe("TableDescription", state.byGlobalId(globalId).orElseThrow(), "CREATING"));
    }

    private List<CatalogueEvent> created(CatalogueState state, TableDefinition definition, String globalId) {
        List<CatalogueEvent> events = new ArrayList<>();
        TableDefinition streaming =
                globalTables && regions.size() > 1 && definition.streamView().isEmpty()
                        ? definition.withStreamView("NEW_AND_OLD_IMAGES")
                        : definition;
        events.add(new CatalogueEvent.TableCreated(
                globalId,
                streaming,
                state.lastNumber() + 1,
                ids.get(),
                TableArns.of(region, definition.name()),
                partitionsPerTable,
                clock.millis()));
        events.add(new CatalogueEvent.StatusChanged(globalId, TableState.Status.ACTIVE));
        if (globalTables) {
            for (String other : regions) {
                if (!other.equals(region)) {
                    events.add(new CatalogueEvent.ReplicaChanged(globalId, other, TableState.Status.CREATING));
                }
            }
        }
        return events;
    }

    private CompletionStage<byte[]> describeTable(Struct request) {
        TableState table = existing(catalogue.state(), request.requiredText("TableName"));
        return CompletableFuture.completedFuture(
                describe("Table", table, table.status().name()));
    }

    private byte[] describe(String member, TableState table, String status) {
        return TableDescriptionWriter.answer(
                member, table.definition(), TableFactsOf.table(table, status, sizes.itemCount(table)));
    }

    private static TableState existing(CatalogueState state, String nameOrArn) {
        String name = TableArns.nameIn(nameOrArn);
        return state.byName(name)
                .orElseThrow(() -> ServiceException.dynamodb(
                        "ResourceNotFoundException", "Requested resource not found: Table: " + name + " not found"));
    }

    private CompletionStage<byte[]> listTables(Struct request) {
        Long asked = request.number("Limit");
        int limit = asked == null ? LIST_MAX : Math.toIntExact(Math.min(asked, LIST_MAX));
        String after = request.text("ExclusiveStartTableName", "");
        List<String> names = catalogue.state().tables().values().stream()
                .map(TableState::name)
                .filter(name -> name.compareTo(after) > 0)
                .sorted()
                .toList();
        List<String> page = names.subList(0, Math.min(limit, names.size()));
        return CompletableFuture.completedFuture(Answer.of(json -> {
            json.writeArrayFieldStart("TableNames");
            for (String name : page) {
                json.writeString(name);
            }
            json.writeEndArray();
            if (page.size() < names.size()) {
                json.writeStringField("LastEvaluatedTableName", page.get(page.size() - 1));
            }
        }));
    }

    private CompletionStage<byte[]> updateTable(Struct request) {
        UpdateTableRequest update = UpdateTableRequest.parse(request, region, regions);
        String name = TableArns.nameIn(request.requiredText("TableName"));
        return writer.change(state -> update.decide(existing(state, name))).thenApply(state -> {
            TableState table = existing(state, name);
            return describe("TableDescription", table, update.changesReplicas() ? "UPDATING" : "ACTIVE");
        });
    }

    private CompletionStage<byte[]> deleteTable(Struct request) {
        String name = TableArns.nameIn(request.requiredText("TableName"));
        TableState[] deleted = new TableState[1];
        return writer.change(state -> {
                    TableState table = existing(state, name);
                    if (table.definition().deletionProtection()) {
                        throw ServiceException.validation(
                                "Resource cannot be deleted as it is currently protected against "
                                        + "deletion. Disable deletion protection first.");
                    }
                    if (table.status() != TableState.Status.ACTIVE) {
                        throw ServiceException.dynamodb(
                                "ResourceInUseException",
                                "Attempt to change a resource which is still in use: Table is being "
                                        + (table.status() == TableState.Status.CREATING ? "created: " : "deleted: ")
                                        + name);
                    }
                    deleted[0] = table;
                    return List.of(new CatalogueEvent.StatusChanged(table.globalId(), TableState.Status.DELETING));
                })
                .thenApply(state -> describe("TableDescription", deleted[0], "DELETING"));
    }

    private CompletionStage<byte[]> describeEndpoints(Struct request) {
        return CompletableFuture.completedFuture(Answer.of(json -> {
            json.writeArrayFieldStart("Endpoints");
            json.writeStartObject();
            json.writeStringField("Address", "dynamodb." + region + ".amazonaws.com");
            json.writeNumberField("CachePeriodInMinutes", 1440);
            json.writeEndObject();
            json.writeEndArray();
        }));
    }

    private CompletionStage<byte[]> describeLimits(Struct request) {
        return CompletableFuture.completedFuture(Answer.of(json -> {
            json.writeNumberField("AccountMaxReadCapacityUnits", 80_000);
            json.writeNumberField("AccountMaxWriteCapacityUnits", 80_000);
            json.writeNumberField("TableMaxReadCapacityUnits", 40_000);
            json.writeNumberField("TableMaxWriteCapacityUnits", 40_000);
        }));
    }

    private CompletionStage<byte[]> describeTimeToLive(Struct request) {
        existing(catalogue.state(), request.requiredText("TableName"));
        return CompletableFuture.completedFuture(Answer.of(json -> {
            json.writeObjectFieldStart("TimeToLiveDescription");
            json.writeStringField("TimeToLiveStatus", "DISABLED");
            json.writeEndObject();
        }));
    }

    private CompletionStage<byte[]> listTags(Struct request) {
        TableState table = existing(catalogue.state(), request.requiredText("ResourceArn"));
        return CompletableFuture.completedFuture(Answer.of(json -> {
            json.writeArrayFieldStart("Tags");
            for (Map.Entry<String, String> tag : table.definition().tags().entrySet()) {
                json.writeStartObject();
                json.writeStringField("Key", tag.getKey());
                json.writeStringField("Value", tag.getValue());
                json.writeEndObject();
            }
            json.writeEndArray();
        }));
    }
}

package dev.meridian.table.operation;

import dev.meridian.table.capacity.Allowance;
import dev.meridian.table.capacity.UnitSizes;
import dev.meridian.table.capacity.Units;
import dev.meridian.table.definition.TableLookup;
import dev.meridian.table.definition.TableSchema;
import dev.meridian.table.expression.DocumentPath;
import dev.meridian.table.expression.Projection;
import dev.meridian.table.key.ItemKey;
import dev.meridian.table.model.ServiceException;
import dev.meridian.table.model.Struct;
import dev.meridian.table.value.Item;
import dev.meridian.table.value.ItemSize;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** TransactGetItems: up to 100 items as they were at one instant. */
final class TransactGetItems implements Plan.Read {

    private static final long BYTES_MAX = 4L << 20;
    private static final int TIMES_DEARER = 2;

    /**
     * @param name the table as the request calls it
     * @param projection what is shown of the item
     */
    record Wanted(String name, TableSchema table, ItemKey key, UnaryOperator<Item> projection) {

        int partition() {
            return key.partition(table.partitionCount());
        }
    }

    private final Struct request;
    private final List<Wanted> wanted;

    TransactGetItems(Struct request, List<Wanted> wanted) {
        this.request = request;
        this.wanted = wanted;
    }

    static Plan plan(Struct request, TableLookup tables) {
        List<Wanted> wanted = new ArrayList<>();
        List<Optional<ServiceException>> mismatches = new ArrayList<>();
        for (Struct part : request.structs("TransactItems")) {
            try {
                wanted.add(wanted(Objects.requireNonNull(part.struct("Get")), tables));
                mismatches.add(Optional.empty());
            } catch (SchemaMismatchException mismatch) {
                mismatches.add(Optional.of(mismatch));
            }
        }
        if (wanted.size() < mismatches.size()) {
            throw Cancellation.of(mismatches);
        }
        ItemsOfTransaction items = new ItemsOfTransaction();
        wanted.forEach(one -> items.add(one.table(), one.key()));
        return new TransactGetItems(request, wanted);
    }

    private static Wanted wanted(Struct get, TableLookup tables) {
        RequestExpressions expressions = new RequestExpressions(get, RequestParameters.GET);
        List<DocumentPath> projection = expressions.projection();
        expressions.checkAllUsed();
        String name = get.requiredText("TableName");
        TableSchema table = tables.find(name);
        KeyPaths.check(table, projection);
        return new Wanted(
                name,
                table,
                PrimaryKeys.ofRequest(table, get.attributes("Key")),
                item -> projection == null ? item : Projection.apply(projection, item));
    }

    @Override
    public boolean isPointRead() {
        return false;
    }

    @Override
    public List<StrongRead> strong() {
        if (wanted.stream().anyMatch(one -> one.table().isStrong())) {
            throw StrongRead.noTransactions();
        }
        return List.of();
    }

    @Override
    public boolean isOfOneInstant() {
        return true;
    }

    @Override
    public byte[] run(Plan.Readers readers) {
        List<@Nullable Item> items = new ArrayList<>();
        Map<String, Units> units = new LinkedHashMap<>();
        refuseThrottled(readers.allowance());
        long bytes = 0;
        for (Wanted one : wanted) {
            Item item = readers.open(one.table()).get(one.key());
            int size = item == null ? 0 : ItemSize.of(item);
            bytes += size;
            Units cost = Units.ofTable(TIMES_DEARER * UnitSizes.read(size, true));
            units.merge(one.name(), cost, Units::plus);
            readers.allowance().read(one.table(), one.partition(), cost);
            items.add(item == null ? null : one.projection().apply(item));
        }
        if (bytes > BYTES_MAX) {
            throw ServiceException.validation(
                    "Aggregate size of all items in the transaction exceeds the limit of 4 MB");
        }
        return Answer.of(json -> {
            json.writeArrayFieldStart("Responses");
            for (Item item : items) {
                json.writeStartObject();
                if (item != null) {
                    Answer.item(json, "Item", item);
                }
                json.writeEndObject();
            }
            json.writeEndArray();
            if (Capacity.isAskedFor(request)) {
                Capacity.writeAll(json, request, units, "ReadCapacityUnits");
            }
        });
    }

    private void refuseThrottled(Allowance allowance) {
        List<Optional<ServiceException>> refusals = wanted.stream()
                .map(one -> allowance.readRefusal(one.table(), null, one.partition()))
                .toList();
        if (refusals.stream().anyMatch(Optional::isPresent)) {
            throw Cancellation.of(refusals);
        }
    }
}

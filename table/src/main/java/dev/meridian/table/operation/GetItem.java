package dev.meridian.table.operation;

import dev.meridian.table.capacity.Allowance;
import dev.meridian.table.capacity.UnitSizes;
import dev.meridian.table.capacity.Units;
import dev.meridian.table.definition.TableLookup;
import dev.meridian.table.definition.TableSchema;
import dev.meridian.table.expression.DocumentPath;
import dev.meridian.table.expression.Projection;
import dev.meridian.table.key.ItemKey;
import dev.meridian.table.model.Struct;
import dev.meridian.table.value.Item;
import dev.meridian.table.value.ItemSize;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** GetItem: the item with the key. */
record GetItem(
        Struct request,
        TableSchema table,
        ItemKey key,
        @Nullable List<DocumentPath> projection) implements Plan.Read {

    static Plan plan(Struct request, TableLookup tables) {
        RequestExpressions expressions = new RequestExpressions(request, RequestParameters.GET);
        List<DocumentPath> projection = expressions.projection();
        expressions.checkAllUsed();
        TableSchema table = tables.find(request.requiredText("TableName"));
        KeyPaths.check(table, projection);
        return new GetItem(request, table, PrimaryKeys.ofRequest(table, request.attributes("Key")), projection);
    }

    @Override
    public boolean isPointRead() {
        return true;
    }

    @Override
    public List<StrongRead> strong() {
        return table.isStrong() && request.flag("ConsistentRead")
                ? List.of(new StrongRead.OfItem(table, key))
                : List.of();
    }

    @Override
    public byte[] run(Plan.Readers readers) {
        Allowance allowance = readers.allowance();
        int partition = key.partition(table.partitionCount());
        allowance.readRefusal(table, null, partition).ifPresent(refusal -> {
            throw refusal;
        });
        Item item = readers.open(table).get(key);
        if (allowance.isLimited()) {
            allowance.read(table, partition, units(item));
        }
        return Answer.of(json -> {
            if (item != null) {
                Answer.item(json, "Item", projection == null ? item : Projection.apply(projection, item));
            }
            if (Capacity.isAskedFor(request)) {
                Capacity.write(json, request, units(item));
            }
        });
    }

    private Units units(@Nullable Item item) {
        return Units.ofTable(UnitSizes.read(item == null ? 0 : ItemSize.of(item), request.flag("ConsistentRead")));
    }
}

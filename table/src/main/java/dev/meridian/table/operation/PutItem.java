package dev.meridian.table.operation;

import dev.meridian.table.definition.TableLookup;
import dev.meridian.table.definition.TableSchema;
import dev.meridian.table.expression.ExpressionKind;
import dev.meridian.table.key.ItemKey;
import dev.meridian.table.model.ServiceException;
import dev.meridian.table.model.Struct;
import dev.meridian.table.value.Item;
import dev.meridian.table.value.ItemSize;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** PutItem: the item replaces whatever has its key. */
final class PutItem implements Plan.Write {

    private final Struct request;
    private final TableSchema table;
    private final Put put;

    private PutItem(Struct request, TableSchema table, Put put) {
        this.request = request;
        this.table = table;
        this.put = put;
    }

    static Plan plan(Struct request, TableLookup tables) {
        ReturnValues.check(request, Set.of("NONE", "ALL_OLD"));
        RequestExpressions expressions = new RequestExpressions(request, RequestParameters.WRITE);
        Conditional condition = Conditional.of(request, expressions.condition(ExpressionKind.CONDITION));
        expressions.checkAllUsed();
        Item item = new Item(request.attributes("Item"));
        TableSchema table = tables.find(request.requiredText("TableName"));
        KeyPaths.check(table, condition.condition());
        return new PutItem(request, table, put(table, item, condition));
    }

    /** The write of an item, once it has been checked. */
    static Put put(TableSchema table, Item item, Conditional condition) {
        ItemKey key = PrimaryKeys.ofItem(table, item);
        PrimaryKeys.checkIndexKeys(table, item);
        if (ItemSize.of(item) > ItemSize.ITEM_BYTES_MAX) {
            throw ServiceException.validation("Item size has exceeded the maximum allowed size");
        }
        return new Put(key, item, condition);
    }

    record Put(ItemKey key, Item item, Conditional condition) implements ItemWrite {

        @Override
        public WriteDecision decide(@Nullable Item current) {
            WriteDecision refusal = condition.refusal(current);
            return refusal != null ? refusal : new WriteDecision.Store(item);
        }
    }

    @Override
    public TableSchema table() {
        return table;
    }

    @Override
    public ItemWrite write() {
        return put;
    }

    @Override
    public byte[] reply(Images images, Plan.Readers readers) {
        boolean old = "ALL_OLD".equals(request.text("ReturnValues"));
        return WriteAnswer.of(request, table, images, readers, put.item(), old ? images.before() : null);
    }
}

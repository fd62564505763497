package dev.meridian.table.operation;

import dev.meridian.table.definition.TableLookup;
import dev.meridian.table.definition.TableSchema;
import dev.meridian.table.expression.ExpressionKind;
import dev.meridian.table.key.ItemKey;
import dev.meridian.table.model.Struct;
import dev.meridian.table.value.Item;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** DeleteItem: whatever has the key goes. */
final class DeleteItem implements Plan.Write {

    private final Struct request;
    private final TableSchema table;
    private final Delete delete;

    private DeleteItem(Struct request, TableSchema table, Delete delete) {
        this.request = request;
        this.table = table;
        this.delete = delete;
    }

    static Plan plan(Struct request, TableLookup tables) {
        ReturnValues.check(request, Set.of("NONE", "ALL_OLD"));
        RequestExpressions expressions = new RequestExpressions(request, RequestParameters.WRITE);
        Conditional condition = Conditional.of(request, expressions.condition(ExpressionKind.CONDITION));
        expressions.checkAllUsed();
        TableSchema table = tables.find(request.requiredText("TableName"));
        KeyPaths.check(table, condition.condition());
        ItemKey key = PrimaryKeys.ofRequest(table, request.attributes("Key"));
        return new DeleteItem(request, table, new Delete(key, condition));
    }

    record Delete(ItemKey key, Conditional condition) implements ItemWrite {

        @Override
        public WriteDecision decide(@Nullable Item current) {
            WriteDecision refusal = condition.refusal(current);
            if (refusal != null) {
                return refusal;
            }
            return current == null ? new WriteDecision.Keep() : new WriteDecision.Remove();
        }
    }

    @Override
    public TableSchema table() {
        return table;
    }

    @Override
    public ItemWrite write() {
        return delete;
    }

    @Override
    public byte[] reply(Images images, Plan.Readers readers) {
        boolean old = "ALL_OLD".equals(request.text("ReturnValues"));
        Item key = new Item(request.attributes("Key"));
        return WriteAnswer.of(request, table, images, readers, key, old ? images.before() : null);
    }
}

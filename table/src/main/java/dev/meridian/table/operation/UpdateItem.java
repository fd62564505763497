package dev.meridian.table.operation;

import dev.meridian.table.definition.TableLookup;
import dev.meridian.table.definition.TableSchema;
import dev.meridian.table.expression.DocumentPath;
import dev.meridian.table.expression.ExpressionKind;
import dev.meridian.table.expression.InvalidExpressionException;
import dev.meridian.table.expression.Projection;
import dev.meridian.table.expression.Update;
import dev.meridian.table.expression.UpdateEvaluator;
import dev.meridian.table.key.ItemKey;
import dev.meridian.table.model.ServiceException;
import dev.meridian.table.model.Struct;
import dev.meridian.table.value.AttributeValue;
import dev.meridian.table.value.Item;
import dev.meridian.table.value.ItemSize;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** UpdateItem: changes parts of the item with the key, or makes one. */
final class UpdateItem implements Plan.Write {

    private final Struct request;
    private final Change change;

    private UpdateItem(Struct request, Change change) {
        this.request = request;
        this.change = change;
    }

    static Plan plan(Struct request, TableLookup tables) {
        RequestExpressions expressions = new RequestExpressions(request, RequestParameters.UPDATE);
        Update update = expressions.update();
        Conditional condition = Conditional.of(request, expressions.condition(ExpressionKind.CONDITION));
        expressions.checkAllUsed();
        TableSchema table = tables.find(request.requiredText("TableName"));
        KeyPaths.check(table, condition.condition());
        Map<String, AttributeValue> keyAttributes = request.attributes("Key");
        ItemKey key = PrimaryKeys.ofRequest(table, keyAttributes);
        Update actions = update == null ? new Update(List.of()) : update;
        refuseKeyChange(table, actions);
        return new UpdateItem(request, new Change(table, key, new Item(keyAttributes), actions, condition));
    }

    static void refuseKeyChange(TableSchema table, Update update) {
        List<String> keys = PrimaryKeys.names(table.primaryKey());
        for (DocumentPath path : update.paths()) {
            if (keys.contains(path.attribute())) {
                throw new SchemaMismatchException("One or more parameter values were invalid: Cannot update attribute "
                        + path.attribute() + ". This attribute is part of the key");
            }
        }
    }

    record Change(TableSchema table, ItemKey key, Item keyAttributes, Update update, Conditional condition)
            implements ItemWrite {

        @Override
        public WriteDecision decide(@Nullable Item current) {
            WriteDecision refusal = condition.refusal(current);
            if (refusal != null) {
                return refusal;
            }
            try {
                KeyPaths.check(table, update.paths());
                Item after = UpdateEvaluator.apply(update, current == null ? keyAttributes : current);
                if (current == null && onlyTakesAway()) {
                    return new WriteDecision.Keep();
                }
                PrimaryKeys.checkUpdatedIndexKeys(table, after, touchedNames());
                if (ItemSize.of(after) > ItemSize.ITEM_BYTES_MAX) {
                    throw ServiceException.validation("Item size to update has exceeded the maximum allowed size");
                }
                return new WriteDecision.Store(after);
            } catch (InvalidExpressionException invalid) {
                return new WriteDecision.Refuse(ServiceException.validation(String.valueOf(invalid.getMessage())));
            } catch (ServiceException refused) {
                return new WriteDecision.Refuse(refused);
            }
        }

        private Set<String> touchedNames() {
            return update.paths().stream().map(DocumentPath::attribute).collect(Collectors.toSet());
        }

        /** Whether there is nothing but removals: the service makes no item for these, though it does for no action at all. */
        private boolean onlyTakesAway() {
            return !update.actions().isEmpty()
                    && update.actions().stream()
                            .allMatch(action -> action instanceof Update.Remove || action instanceof Update.Delete);
        }
    }

    @Override
    public TableSchema table() {
        return change.table();
    }

    @Override
    public ItemWrite write() {
        return change;
    }

    @Override
    public byte[] reply(Images images, Plan.Readers readers) {
        Item returned = returned(images.before(), images.after());
        return WriteAnswer.of(request, change.table(), images, readers, change.keyAttributes(), returned);
    }

    private @Nullable Item returned(@Nullable Item before, @Nullable Item after) {
        return switch (request.text("ReturnValues", "NONE")) {
            case "ALL_OLD" -> before;
            case "ALL_NEW" -> after;
            case "UPDATED_OLD" -> touched(before);
            case "UPDATED_NEW" -> touched(after);
            default -> null;
        };
    }

    private @Nullable Item touched(@Nullable Item item) {
        return item == null ? null : Projection.apply(change.update().paths(), item);
    }
}

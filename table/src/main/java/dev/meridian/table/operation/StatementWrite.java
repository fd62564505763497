package dev.meridian.table.operation;

import dev.meridian.table.definition.TableLookup;
import dev.meridian.table.definition.TableSchema;
import dev.meridian.table.expression.Condition;
import dev.meridian.table.expression.DocumentPath;
import dev.meridian.table.expression.Projection;
import dev.meridian.table.key.ItemKey;
import dev.meridian.table.model.ServiceException;
import dev.meridian.table.partiql.Statement;
import dev.meridian.table.value.AttributeValue;
import dev.meridian.table.value.Item;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The write of one item that an INSERT, UPDATE or DELETE asks for, or the check of an EXISTS, and what it returns. An UPDATE makes no item: its
 * WHERE names a key, which an item must have.
 *
 * @param name the table as the statement calls it
 * @param changed the paths an UPDATE touches
 */
record StatementWrite(
        String name, TableSchema table, ItemWrite write, Statement.Returning returning, List<DocumentPath> changed) {

    /**
     * @param returnImage whether the error of a condition that is not met carries the item
     */
    static StatementWrite of(Statement statement, TableLookup tables, boolean returnImage) {
        if (statement instanceof Statement.Insert insert) {
            return insert(insert, tables.find(insert.table()));
        } else if (statement instanceof Statement.Update update) {
            return update(update, tables.find(update.table()), returnImage);
        } else if (statement instanceof Statement.Delete delete) {
            TableSchema table = tables.find(delete.table());
            ItemKey key = PrimaryKeys.ofRequest(table, KeyTerms.mandatory(table, delete.where()));
            return new StatementWrite(
                    delete.table(),
                    table,
                    new Deletion(new DeleteItem.Delete(key, new Conditional(delete.where(), returnImage))),
                    delete.returning(),
                    List.of());
        }
        throw new IllegalArgumentException("not a write of its own: " + statement);
    }

    private static StatementWrite insert(Statement.Insert insert, TableSchema table) {
        for (String name : PrimaryKeys.names(table.primaryKey())) {
            AttributeValue value = insert.item().get(name);
            if (value == null) {
                throw ServiceException.validation("Key attribute should be present in the item: Key " + name);
            }
            KeyTerms.checkType(table, name, value);
        }
        PutItem.Put put = PutItem.put(table, insert.item(), new Conditional(null, false));
        return new StatementWrite(insert.table(), table, new Insertion(put), Statement.Returning.NOTHING, List.of());
    }

    private static StatementWrite update(Statement.Update update, TableSchema table, boolean returnImage) {
        Map<String, AttributeValue> key = KeyTerms.mandatory(table, update.where());
        UpdateItem.refuseKeyChange(table, update.update());
        UpdateItem.Change change = new UpdateItem.Change(
                table,
                PrimaryKeys.ofRequest(table, key),
                new Item(key),
                update.update(),
                new Conditional(update.where(), returnImage));
        return new StatementWrite(
                update.table(),
                table,
                change,
                update.returning(),
                update.update().paths());
    }

    /** The check an EXISTS asks for; empty where it does not name one item and a condition besides. */
    static Optional<StatementWrite> check(Statement.Select select, TableLookup tables) {
        TableSchema table = tables.find(select.table());
        Condition where = select.where();
        Map<String, AttributeValue> key = KeyTerms.keyAmongOthers(table, where);
        return key == null
                ? Optional.empty()
                : Optional.of(new StatementWrite(
                        select.table(),
                        table,
                        new TransactWriteItems.Check(PrimaryKeys.ofRequest(table, key), new Conditional(where, false)),
                        Statement.Returning.NOTHING,
                        List.of()));
    }

    /** Puts an item where there is none. */
    record Insertion(PutItem.Put put) implements ItemWrite {

        @Override
        public ItemKey key() {
            return put.key();
        }

        @Override
        public WriteDecision decide(@Nullable Item current) {
            return current == null
                    ? put.decide(null)
                    : new WriteDecision.Refuse(ServiceException.dynamodb(
                            "DuplicateItemException", "Duplicate primary key exists in table"));
        }
    }

    /** Deletes an item that meets a condition; where there is none, there is nothing to meet. */
    record Deletion(DeleteItem.Delete delete) implements ItemWrite {

        @Override
        public ItemKey key() {
            return delete.key();
        }

        @Override
        public WriteDecision decide(@Nullable Item current) {
            return current == null ? new WriteDecision.Keep() : delete.decide(current);
        }
    }

    /** What {@code RETURNING} asks for, or null where that is nothing. */
    @Nullable
    Item returned(Images images) {
        Item asked = switch (returning) {
            case NOTHING -> null;
            case ALL_OLD -> images.before();
            case ALL_NEW -> images.after();
            case MODIFIED_OLD -> changed(images.before());
            case MODIFIED_NEW -> changed(images.after());
        };
        return asked == null || asked.attributes().isEmpty() ? null : asked;
    }

    private @Nullable Item changed(@Nullable Item item) {
        return item == null ? null : Projection.apply(changed, item);
    }
}

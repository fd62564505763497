package dev.meridian.table.partiql;

import dev.meridian.table.expression.Condition;
import dev.meridian.table.expression.DocumentPath;
import dev.meridian.table.value.Item;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A statement whose parameters have their values: what it asks of a table that it only names. */
public sealed interface Statement {

    /** Whether it only reads. {@link Exists} counts as a write, among which it stands. */
    default boolean isRead() {
        return this instanceof Select;
    }

    /** What it asks to be given back. */
    default Returning returning() {
        return Returning.NOTHING;
    }

    /**
     * {@code SELECT}.
     *
     * @param index null: the table itself
     * @param projection null: {@code *}
     */
    record Select(
            String table,
            @Nullable String index,
            @Nullable List<Column> projection,
            @Nullable Condition where,
            List<Order> order)
            implements Statement {}

    /** {@code EXISTS(SELECT ...)}: a check among the writes of a transaction. */
    record Exists(Select select) implements Statement {}

    /** {@code INSERT INTO ... VALUE {...}}. */
    record Insert(String table, Item item) implements Statement {}

    /** {@code UPDATE ... SET ... REMOVE ... WHERE ... RETURNING ...}. */
    record Update(
            String table,
            dev.meridian.table.expression.Update update,
            @Nullable Condition where,
            Returning returning) implements Statement {}

    /** {@code DELETE FROM ... WHERE ... RETURNING ...}. */
    record Delete(String table, @Nullable Condition where, Returning returning) implements Statement {}

    /**
     * Well formed, but nothing DynamoDB does: a {@code DROP TABLE}, a bare value.
     *
     * @param kind what the grammar calls it
     */
    record Unsupported(String kind) implements Statement {}

    /** One thing that is selected, and what it is called in the answer: the path's last name, with the indexes after it. */
    record Column(DocumentPath path, String name) {}

    /** One term of {@code ORDER BY}. */
    record Order(String attribute, boolean descending) {}

    /** What {@code RETURNING} asks for. */
    enum Returning {
        NOTHING,
        ALL_OLD,
        ALL_NEW,
        MODIFIED_OLD,
        MODIFIED_NEW;

        /** As it is written. */
        public String text() {
            return name().replace('_', ' ') + " *";
        }
    }
}

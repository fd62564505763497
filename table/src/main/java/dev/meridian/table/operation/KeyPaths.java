package dev.meridian.table.operation;

import dev.meridian.table.definition.TableSchema;
import dev.meridian.table.expression.Condition;
import dev.meridian.table.expression.ConditionPaths;
import dev.meridian.table.expression.DocumentPath;
import dev.meridian.table.model.ServiceException;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** Keys, also those of indexes, are scalars: no path of an expression may lead into one. */
final class KeyPaths {

    private KeyPaths() {}

    static void check(TableSchema table, @Nullable Condition condition) {
        if (condition != null) {
            check(table, ConditionPaths.of(condition));
        }
    }

    static void check(TableSchema table, @Nullable Collection<DocumentPath> paths) {
        if (paths == null) {
            return;
        }
        for (DocumentPath path : paths) {
            if (!path.isTopLevel() && table.attributeTypes().containsKey(path.attribute())) {
                boolean primary = PrimaryKeys.names(table.primaryKey()).contains(path.attribute());
                throw ServiceException.validation(
                        "Key attributes must be scalars; list random access '[]' and map lookup '.' are not allowed: "
                                + (primary ? "Key: " : "IndexKey: ") + path.attribute());
            }
        }
    }
}

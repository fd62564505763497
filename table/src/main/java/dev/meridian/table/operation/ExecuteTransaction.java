package dev.meridian.table.operation;

import dev.meridian.table.capacity.Units;
import dev.meridian.table.definition.TableLookup;
import dev.meridian.table.definition.TableSchema;
import dev.meridian.table.expression.InvalidExpressionException;
import dev.meridian.table.key.ItemKey;
import dev.meridian.table.model.ServiceException;
import dev.meridian.table.model.Struct;
import dev.meridian.table.partiql.Statement;
import dev.meridian.table.value.AttributeValue;
import dev.meridian.table.value.InvalidValueException;
import dev.meridian.table.value.ItemSize;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * ExecuteTransaction: up to 100 statements on one item each, all of them reads or all writes, all or none of which succeed. A
 * statement that is wrong by itself fails the call; one that does not suit its table cancels the transaction.
 */
final class ExecuteTransaction {

    private static final long BYTES_MAX = 4L << 20;

    private ExecuteTransaction() {}

    static Plan plan(Struct request, TableLookup tables) {
        List<Struct> parts = request.structs("TransactStatements");
        List<Statement> statements = new ArrayList<>();
        for (Struct part : parts) {
            statements.add(statement(part, statements.size()));
        }
        long reads = statements.stream().filter(Statement::isRead).count();
        if (reads > 0 && reads < statements.size()) {
            throw ServiceException.validation(
                    "ExecuteTransaction API does not support both read and write operations in the same request.");
        }
        return reads > 0 ? reads(request, statements, tables) : writes(request, parts, statements, tables);
    }

    private static Statement statement(Struct part, int position) {
        try {
            Statement statement = ExecuteStatement.parse(part);
            ExecuteStatement.refuseUnsupported(statement);
            return statement;
        } catch (InvalidExpressionException | InvalidValueException invalid) {
            throw invalid(position, String.valueOf(invalid.getMessage()));
        }
    }

    private static ServiceException invalid(int position, String text) {
        return ServiceException.validation("Validation failed in TransactStatements[" + position + "]: " + text);
    }

    /** What each statement is refused for; empty: nothing. */
    private static final class Reasons {

        private final List<Optional<ServiceException>> reasons = new ArrayList<>();

        int count() {
            return reasons.size();
        }

        /** The result, or null where it is refused. A table that is not there fails the call. */
        <T> @Nullable T noting(Supplier<T> planning) {
            try {
                T planned = planning.get();
                reasons.add(Optional.empty());
                return planned;
            } catch (ServiceException refused) {
                if (!refused.type().endsWith("#ValidationException")) {
                    throw refused;
                }
                reasons.add(Optional.of(refused));
                return null;
            }
        }

        void cancelIfAny() {
            if (reasons.stream().anyMatch(Optional::isPresent)) {
                throw Cancellation.of(reasons);
            }
        }
    }

    private static Plan reads(Struct request, List<Statement> statements, TableLookup tables) {
        List<TransactGetItems.Wanted> wanted = new ArrayList<>();
        ItemsOfTransaction items = new ItemsOfTransaction();
        Reasons reasons = new Reasons();
        for (Statement statement : statements) {
            Statement.Select select = (Statement.Select) statement;
            int position = reasons.count();
            if (select.index() != null) {
                throw invalid(position, "Reads on indices are not supported within transactions.");
            }
            TableSchema table = tables.find(select.table());
            Optional<ItemKey> key = reasons.noting(() -> key(table, select));
            if (key == null) {
                continue;
            }
            ItemKey known = key.orElseThrow(() -> invalid(
                    position,
                    "Select statements within ExecuteTransaction must specify the primary key in the where clause."));
            items.add(table, known);
            wanted.add(new TransactGetItems.Wanted(
                    select.table(), table, known, item -> SelectRead.nested(select.projection(), item)));
        }
        reasons.cancelIfAny();
        return new TransactGetItems(request, wanted);
    }

    private static Optional<ItemKey> key(TableSchema table, Statement.Select select) {
        Map<String, AttributeValue> key = KeyTerms.keyAlone(table, select.where());
        return key == null ? Optional.empty() : Optional.of(PrimaryKeys.ofRequest(table, key));
    }

    private static Plan writes(Struct request, List<Struct> parts, List<Statement> statements, TableLookup tables) {
        List<StatementWrite> writes = new ArrayList<>();
        ItemsOfTransaction items = new ItemsOfTransaction();
        Reasons reasons = new Reasons();
        long bytes = 0;
        for (Statement statement : statements) {
            int position = reasons.count();
            refuseReturning(statement, position);
            boolean returnImage = ExecuteStatement.returnsImage(parts.get(position));
            StatementWrite write = statement instanceof Statement.Exists exists
                    ? check(exists, tables, reasons)
                    : reasons.noting(() -> StatementWrite.of(statement, tables, returnImage));
            if (write != null) {
                items.add(write.table(), write.write().key());
                writes.add(write);
            }
            bytes += statement instanceof Statement.Insert insert ? ItemSize.of(insert.item()) : 0;
        }
        reasons.cancelIfAny();
        if (bytes > BYTES_MAX) {
            throw ServiceException.validation(
                    "Aggregate size of all items in the transaction exceeds the limit of 4 MB");
        }
        return new Writes(request, writes);
    }

    private static void refuseReturning(Statement statement, int position) {
        if (statement.returning() != Statement.Returning.NOTHING) {
            throw invalid(position, "RETURNING clause is not supported in ExecuteTransaction.");
        }
    }

    private static @Nullable StatementWrite check(Statement.Exists exists, TableLookup tables, Reasons reasons) {
        int position = reasons.count();
        if (exists.select().index() != null) {
            throw invalid(position, "Reads on indices are not supported within transactions.");
        }
        Optional<StatementWrite> check = reasons.noting(() -> StatementWrite.check(exists.select(), tables));
        return check == null
                ? null
                : check.orElseThrow(
                        () -> invalid(position, "EXISTS() must contain a single item read with additional condition"));
    }

    private record Writes(Struct request, List<StatementWrite> statements) implements Plan.TransactWrite {

        @Override
        public List<Plan.TableWrite> actions() {
            return statements.stream()
                    .map(statement -> new Plan.TableWrite(statement.table(), statement.write()))
                    .toList();
        }

        private List<String> names() {
            return statements.stream().map(StatementWrite::name).toList();
        }

        @Override
        public Optional<String> token() {
            return Optional.ofNullable(request.text("ClientRequestToken"));
        }

        @Override
        public byte[] reply(List<Images> images, Plan.Readers readers) {
            return answer(
                    ManyWrites.units(names(), actions(), images, TransactWriteItems.TIMES_DEARER),
                    "WriteCapacityUnits");
        }

        @Override
        public byte[] replyAgain() {
            return answer(TransactWriteItems.unitsAgain(names()), "ReadCapacityUnits");
        }

        private byte[] answer(Map<String, Units> units, String kind) {
            return Answer.of(json -> {
                json.writeArrayFieldStart("Responses");
                json.writeEndArray();
                if (Capacity.isAskedFor(request)) {
                    Capacity.writeAll(json, request, units, kind);
                }
            });
        }
    }
}

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
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** ExecuteTransaction: up to 100 statements on one item each, all of them reads or all writes, all or none of which succeed. */
final class ExecuteTransaction {

    private static final long BYTES_MAX = 4L << 20;

    private ExecuteTransaction() {}

    static Plan plan(Struct request, TableLookup tables) {
        List<Struct> parts = request.structs("TransactStatements");
        List<Statement> statements = new ArrayList<>();
        for (Struct part : parts) {
            statements.add(checked(statements.size(), () -> ExecuteStatement.parse(part)));
        }
        long reads = statements.stream().filter(Statement::isRead).count();
        if (reads == 0) {
            return writes(request, parts, statements, tables);
        }
        if (reads < statements.size()) {
            throw ServiceException.validation(
                    "ExecuteTransaction API does not support both read and write operations in the same request.");
        }
        List<TransactGetItems.Wanted> wanted = new ArrayList<>();
        Set<List<Object>> seen = new HashSet<>();
        for (Statement statement : statements) {
            TransactGetItems.Wanted one = checked(wanted.size(), () -> wanted((Statement.Select) statement, tables));
            refuseSameItem(seen, one.table(), one.key());
            wanted.add(one);
        }
        return new TransactGetItems(request, wanted);
    }

    /** Says which statement it was that is invalid. */
    private static <T> T checked(int position, Supplier<T> planning) {
        try {
            return planning.get();
        } catch (InvalidExpressionException | InvalidValueException invalid) {
            throw invalid(position, String.valueOf(invalid.getMessage()));
        } catch (ServiceException refused) {
            throw refused.type().endsWith("#ValidationException")
                    ? invalid(position, String.valueOf(refused.getMessage()))
                    : refused;
        }
    }

    private static ServiceException invalid(int position, String text) {
        return ServiceException.validation("Validation failed in TransactStatements[" + position + "]: " + text);
    }

    private static void refuseSameItem(Set<List<Object>> seen, TableSchema table, ItemKey key) {
        if (!seen.add(List.of(table.number(), key))) {
            throw ServiceException.validation("Transaction request cannot include multiple operations on one item");
        }
    }

    private static TransactGetItems.Wanted wanted(Statement.Select select, TableLookup tables) {
        if (select.index() != null) {
            throw ServiceException.validation("Reads on indices are not supported within transactions.");
        }
        TableSchema table = tables.find(select.table());
        Map<String, AttributeValue> key = KeyTerms.keyAlone(table, select.where());
        if (key == null) {
            throw ServiceException.validation(
                    "Select statements within ExecuteTransaction must specify the primary key in the where clause.");
        }
        return new TransactGetItems.Wanted(
                select.table(),
                table,
                PrimaryKeys.ofRequest(table, key),
                item -> SelectRead.shown(select.projection(), item));
    }

    private static Plan writes(Struct request, List<Struct> parts, List<Statement> statements, TableLookup tables) {
        List<StatementWrite> writes = new ArrayList<>();
        Set<List<Object>> seen = new HashSet<>();
        long bytes = 0;
        for (Statement statement : statements) {
            int position = writes.size();
            StatementWrite write = checked(
                    position, () -> write(statement, tables, ExecuteStatement.returnsImage(parts.get(position))));
            refuseSameItem(seen, write.table(), write.write().key());
            bytes += statement instanceof Statement.Insert insert ? ItemSize.of(insert.item()) : 0;
            writes.add(write);
        }
        if (bytes > BYTES_MAX) {
            throw ServiceException.validation(
                    "Aggregate size of all items in the transaction exceeds the limit of 4 MB");
        }
        return new Writes(request, writes);
    }

    private static StatementWrite write(Statement statement, TableLookup tables, boolean returnImage) {
        StatementWrite write = StatementWrite.of(statement, tables, returnImage);
        if (write.returning() != Statement.Returning.NOTHING) {
            throw ServiceException.validation("RETURNING clause is not supported in ExecuteTransaction.");
        }
        return write;
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

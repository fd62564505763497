package dev.meridian.table.operation;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.meridian.table.capacity.UnitSizes;
import dev.meridian.table.capacity.Units;
import dev.meridian.table.capacity.WriteCost;
import dev.meridian.table.definition.TableLookup;
import dev.meridian.table.definition.TableSchema;
import dev.meridian.table.expression.InvalidExpressionException;
import dev.meridian.table.key.ItemKey;
import dev.meridian.table.model.ServiceException;
import dev.meridian.table.model.Struct;
import dev.meridian.table.partiql.Statement;
import dev.meridian.table.value.AttributeValue;
import dev.meridian.table.value.InvalidValueException;
import dev.meridian.table.value.Item;
import dev.meridian.table.value.ItemSize;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** BatchExecuteStatement: up to 25 statements on one item each, all of them reads or all writes, that fail one by one. */
final class BatchExecuteStatement {

    private static final String NO_KEY =
            "Select statements within BatchExecuteStatement must specify the primary key in the where clause.";

    private BatchExecuteStatement() {}

    /** One statement of a batch, as far as it could be planned. */
    private sealed interface Member {}

    private record Get(Struct request, Statement.Select select, TableSchema table, ItemKey key) implements Member {

        int partition() {
            return key.partition(table.partitionCount());
        }
    }

    private record Change(StatementWrite statement) implements Member {}

    private record Failed(ServiceException error) implements Member {}

    static Plan plan(Struct request, TableLookup tables) {
        List<Member> members = new ArrayList<>();
        Set<Boolean> kinds = new HashSet<>();
        for (Struct part : request.structs("Statements")) {
            members.add(member(part, tables, kinds));
        }
        if (kinds.size() > 1) {
            throw ServiceException.validation("Read and write requests together in the same batch is not supported.");
        }
        refuseSameItem(members);
        return kinds.contains(false) ? new Writes(request, members) : new Reads(request, members);
    }

    /**
     * @param kinds notes whether the statement reads
     */
    private static Member member(Struct part, TableLookup tables, Set<Boolean> kinds) {
        try {
            Statement statement = ExecuteStatement.parse(part);
            ExecuteStatement.refuseExists(statement);
            if (statement instanceof Statement.Unsupported) {
                throw ServiceException.validation(
                        "Invalid operation. Only select, insert, update and delete operations are valid");
            }
            kinds.add(statement.isRead());
            return statement instanceof Statement.Select select
                    ? get(part, select, tables)
                    : new Change(StatementWrite.of(statement, tables, ExecuteStatement.returnsImage(part)));
        } catch (InvalidExpressionException | InvalidValueException invalid) {
            return new Failed(ServiceException.validation(String.valueOf(invalid.getMessage())));
        } catch (ServiceException refused) {
            return new Failed(refused);
        }
    }

    private static Get get(Struct part, Statement.Select select, TableLookup tables) {
        TableSchema table = tables.find(select.table());
        Map<String, AttributeValue> key = select.index() == null ? KeyTerms.keyAlone(table, select.where()) : null;
        if (key == null) {
            throw ServiceException.validation(NO_KEY);
        }
        return new Get(part, select, table, PrimaryKeys.ofRequest(table, key));
    }

    private static void refuseSameItem(List<Member> members) {
        Set<List<Object>> seen = new HashSet<>();
        for (Member member : members) {
            boolean isNew = true;
            if (member instanceof Get get) {
                isNew = seen.add(List.of(get.table().number(), get.key()));
            } else if (member instanceof Change change) {
                isNew = seen.add(List.of(
                        change.statement().table().number(),
                        change.statement().write().key()));
            }
            if (!isNew) {
                throw ServiceException.validation("Provided list of item keys contains duplicates");
            }
        }
    }

    private record Reads(Struct request, List<Member> members) implements Plan.Read {

        @Override
        public boolean isPointRead() {
            return false;
        }

        @Override
        public List<StrongRead> strong() {
            List<StrongRead> reads = new ArrayList<>();
            for (Member member : members) {
                if (member instanceof Get get
                        && get.table().isStrong()
                        && get.request().flag("ConsistentRead")) {
                    reads.add(new StrongRead.OfItem(get.table(), get.key()));
                }
            }
            return reads;
        }

        @Override
        public byte[] run(Plan.Readers readers) {
            List<Response> responses = new ArrayList<>();
            Map<String, Units> units = new LinkedHashMap<>();
            for (Member member : members) {
                responses.add(
                        member instanceof Get get
                                ? read(get, readers, units)
                                : Response.failed(((Failed) member).error(), null));
            }
            return answer(request, responses, units);
        }

        private static Response read(Get get, Plan.Readers readers, Map<String, Units> units) {
            String name = get.select().table();
            ServiceException throttled = readers.allowance()
                    .readRefusal(get.table(), null, get.partition())
                    .orElse(null);
            if (throttled != null) {
                return Response.failed(throttled, name);
            }
            Item item = readers.open(get.table()).get(get.key());
            Units cost = Units.ofTable(UnitSizes.read(
                    item == null ? 0 : ItemSize.of(item), get.request().flag("ConsistentRead")));
            readers.allowance().read(get.table(), get.partition(), cost);
            units.merge(name, cost, Units::plus);
            return new Response(
                    name, item == null ? null : SelectRead.nested(get.select().projection(), item), null);
        }
    }

    private record Writes(Struct request, List<Member> members) implements Plan.SeparateWrites {

        @Override
        public List<Plan.TableWrite> writes() {
            List<Plan.TableWrite> writes = new ArrayList<>();
            for (Member member : members) {
                if (member instanceof Change change) {
                    writes.add(new Plan.TableWrite(
                            change.statement().table(), change.statement().write()));
                }
            }
            return writes;
        }

        @Override
        public byte[] reply(List<Result> results) {
            List<Response> responses = new ArrayList<>();
            Map<String, Units> units = new LinkedHashMap<>();
            int next = 0;
            for (Member member : members) {
                responses.add(
                        member instanceof Change change
                                ? response(change.statement(), results.get(next++), units)
                                : Response.failed(((Failed) member).error(), null));
            }
            return answer(request, responses, units);
        }

        private static Response response(StatementWrite statement, Result result, Map<String, Units> units) {
            if (result instanceof Result.Refused refused) {
                return Response.failed(refused.error(), statement.name());
            }
            Images images = ((Result.Done) result).images();
            units.merge(
                    statement.name(), WriteCost.of(statement.table(), images.before(), images.after()), Units::plus);
            return new Response(statement.name(), statement.returned(images), null);
        }
    }

    private static byte[] answer(Struct request, List<Response> responses, Map<String, Units> units) {
        return Answer.of(json -> {
            json.writeArrayFieldStart("Responses");
            for (Response response : responses) {
                response.write(json);
            }
            json.writeEndArray();
            if (Capacity.isAskedFor(request)) {
                Capacity.writeAll(json, request, units, null);
            }
        });
    }

    /**
     * The answer to one statement.
     *
     * @param table null for a statement that did not reach its table
     */
    private record Response(
            @Nullable String table,
            @Nullable Item item,
            @Nullable ServiceException error) {

        static Response failed(ServiceException error, @Nullable String table) {
            return new Response(table, null, error);
        }

        void write(JsonGenerator json) throws java.io.IOException {
            json.writeStartObject();
            if (error != null) {
                json.writeObjectFieldStart("Error");
                json.writeStringField("Code", code(error));
                json.writeStringField("Message", String.valueOf(error.getMessage()));
                byte[] image = error.members().get("Item");
                if (image != null) {
                    json.writeFieldName("Item");
                    json.writeRawValue(new String(image, java.nio.charset.StandardCharsets.UTF_8));
                }
                json.writeEndObject();
            }
            if (table != null) {
                json.writeStringField("TableName", table);
            }
            if (item != null) {
                Answer.item(json, "Item", item);
            }
            json.writeEndObject();
        }

        /** In a batch, errors are called by other names. */
        private static String code(ServiceException error) {
            String name = error.type().substring(error.type().indexOf('#') + 1);
            return switch (name) {
                case "ValidationException" -> "ValidationError";
                case "ThrottlingException" -> "ThrottlingError";
                default -> name.endsWith("Exception") ? name.substring(0, name.length() - "Exception".length()) : name;
            };
        }
    }
}

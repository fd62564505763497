package dev.meridian.table.operation;

import dev.meridian.table.definition.TableLookup;
import dev.meridian.table.definition.TableSchema;
import dev.meridian.table.expression.Condition;
import dev.meridian.table.expression.ExpressionKind;
import dev.meridian.table.key.ItemKey;
import dev.meridian.table.model.ServiceException;
import dev.meridian.table.model.Struct;
import dev.meridian.table.value.Item;
import dev.meridian.table.value.ItemSize;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** TransactWriteItems: up to 100 writes and checks, all of them or none. */
final class TransactWriteItems implements Plan.TransactWrite {

    private static final long BYTES_MAX = 4L << 20;
    private static final int TIMES_DEARER = 2;

    private final Struct request;
    private final List<Plan.TableWrite> actions;

    private TransactWriteItems(Struct request, List<Plan.TableWrite> actions) {
        this.request = request;
        this.actions = actions;
    }

    static Plan plan(Struct request, TableLookup tables) {
        List<Plan.TableWrite> actions = new ArrayList<>();
        Map<String, Set<ItemKey>> seen = new LinkedHashMap<>();
        long bytes = 0;
        for (Struct part : request.structs("TransactItems")) {
            Plan.TableWrite action = action(part, tables);
            boolean isNew = seen.computeIfAbsent(action.table().arn(), none -> new HashSet<>())
                    .add(action.write().key());
            if (!isNew) {
                throw ServiceException.validation("Transaction request cannot include multiple operations on one item");
            }
            if (action.write() instanceof PutItem.Put put) {
                bytes += ItemSize.of(put.item());
            }
            actions.add(action);
        }
        if (bytes > BYTES_MAX) {
            throw ServiceException.validation(
                    "Aggregate size of all items in the transaction exceeds the limit of 4 MB");
        }
        return new TransactWriteItems(request, List.copyOf(actions));
    }

    private static Plan.TableWrite action(Struct part, TableLookup tables) {
        Struct check = part.struct("ConditionCheck");
        Struct put = part.struct("Put");
        Struct delete = part.struct("Delete");
        Struct update = part.struct("Update");
        int kinds = 0;
        for (Struct kind : new @Nullable Struct[] {check, put, delete, update}) {
            kinds += kind == null ? 0 : 1;
        }
        if (kinds != 1) {
            throw ServiceException.validation("TransactItems can only contain one of Check, Put, Update or Delete");
        }
        if (check != null) {
            return check(check, tables);
        }
        Plan.Write write;
        if (put != null) {
            write = (Plan.Write) PutItem.plan(put, tables);
        } else if (delete != null) {
            write = (Plan.Write) DeleteItem.plan(delete, tables);
        } else {
            write = (Plan.Write) UpdateItem.plan(java.util.Objects.requireNonNull(update), tables);
        }
        return new Plan.TableWrite(write.table(), write.write());
    }

    private static Plan.TableWrite check(Struct check, TableLookup tables) {
        RequestExpressions expressions = new RequestExpressions(check, RequestParameters.WRITE);
        Condition condition = expressions.condition(ExpressionKind.CONDITION);
        expressions.checkAllUsed();
        TableSchema table = tables.find(check.requiredText("TableName"));
        ItemKey key = PrimaryKeys.ofRequest(table, check.attributes("Key"));
        return new Plan.TableWrite(table, new Check(key, Conditional.of(check, condition)));
    }

    /** Changes nothing; the transaction depends on the condition. */
    record Check(ItemKey key, Conditional condition) implements ItemWrite {

        @Override
        public WriteDecision decide(@Nullable Item current) {
            WriteDecision refusal = condition.refusal(current);
            return refusal != null ? refusal : new WriteDecision.Keep();
        }
    }

    @Override
    public List<Plan.TableWrite> actions() {
        return actions;
    }

    @Override
    public Optional<String> token() {
        return Optional.ofNullable(request.text("ClientRequestToken"));
    }

    @Override
    public byte[] reply(List<Integer> itemBytes) {
        Map<String, Double> units = new LinkedHashMap<>();
        for (int i = 0; i < actions.size(); i++) {
            units.merge(actions.get(i).table().name(), TIMES_DEARER * Capacity.write(itemBytes.get(i)), Double::sum);
        }
        return answer(units, "WriteCapacityUnits");
    }

    @Override
    public byte[] replyAgain() {
        Map<String, Double> units = new LinkedHashMap<>();
        actions.forEach(
                action -> units.merge(action.table().name(), TIMES_DEARER * Capacity.read(0, true), Double::sum));
        return answer(units, "ReadCapacityUnits");
    }

    private byte[] answer(Map<String, Double> units, String kind) {
        return Answer.of(json -> {
            if (Capacity.isAskedFor(request)) {
                json.writeArrayFieldStart("ConsumedCapacity");
                for (Map.Entry<String, Double> table : units.entrySet()) {
                    json.writeStartObject();
                    Capacity.fields(json, request, table.getKey(), table.getValue());
                    json.writeNumberField(kind, table.getValue());
                    json.writeEndObject();
                }
                json.writeEndArray();
            }
        });
    }
}

package dev.meridian.table.operation;

import dev.meridian.table.capacity.UnitSizes;
import dev.meridian.table.capacity.Units;
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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** TransactWriteItems: up to 100 writes and checks, all of them or none. */
final class TransactWriteItems implements Plan.TransactWrite {

    private static final long BYTES_MAX = 4L << 20;
    static final int TIMES_DEARER = 2;

    private final Struct request;
    private final List<String> names;
    private final List<Plan.TableWrite> actions;

    private TransactWriteItems(Struct request, List<String> names, List<Plan.TableWrite> actions) {
        this.request = request;
        this.names = names;
        this.actions = actions;
    }

    static Plan plan(Struct request, TableLookup tables) {
        List<String> names = new ArrayList<>();
        List<Plan.TableWrite> actions = new ArrayList<>();
        List<Optional<ServiceException>> mismatches = new ArrayList<>();
        for (Struct part : request.structs("TransactItems")) {
            try {
                actions.add(action(part, tables));
                names.add(tableName(part));
                mismatches.add(Optional.empty());
            } catch (SchemaMismatchException mismatch) {
                mismatches.add(Optional.of(mismatch));
            }
        }
        if (actions.size() < mismatches.size()) {
            throw Cancellation.of(mismatches);
        }
        ItemsOfTransaction items = new ItemsOfTransaction();
        long bytes = 0;
        for (Plan.TableWrite action : actions) {
            items.add(action.table(), action.write().key());
            bytes += action.write() instanceof PutItem.Put put ? ItemSize.of(put.item()) : 0;
        }
        if (bytes > BYTES_MAX) {
            throw ServiceException.validation(
                    "Aggregate size of all items in the transaction exceeds the limit of 4 MB");
        }
        return new TransactWriteItems(request, names, List.copyOf(actions));
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

    private static String tableName(Struct part) {
        for (String kind : List.of("ConditionCheck", "Put", "Delete", "Update")) {
            Struct action = part.struct(kind);
            if (action != null) {
                return action.requiredText("TableName");
            }
        }
        throw new IllegalArgumentException("an action of no kind");
    }

    private static Plan.TableWrite check(Struct check, TableLookup tables) {
        RequestExpressions expressions = new RequestExpressions(check, RequestParameters.WRITE);
        Condition condition = expressions.condition(ExpressionKind.CONDITION);
        expressions.checkAllUsed();
        TableSchema table = tables.find(check.requiredText("TableName"));
        KeyPaths.check(table, condition);
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
    public byte[] reply(List<Images> images, Plan.Readers readers) {
        return Answer.of(json -> {
            if (Capacity.isAskedFor(request)) {
                Map<String, Units> units = ManyWrites.units(names, actions, images, TIMES_DEARER);
                Capacity.writeAll(json, request, units, "WriteCapacityUnits");
            }
            if (ItemCollections.isAskedFor(request)) {
                ManyWrites.writeCollections(json, names, actions, images, readers);
            }
        });
    }

    @Override
    public byte[] replyAgain() {
        Map<String, Units> units = unitsAgain(names);
        return Answer.of(json -> {
            if (Capacity.isAskedFor(request)) {
                Capacity.writeAll(json, request, units, "ReadCapacityUnits");
            }
        });
    }

    /** What it costs to be told again of a transaction that took place: a read for each action. */
    static Map<String, Units> unitsAgain(List<String> names) {
        Map<String, Units> units = new LinkedHashMap<>();
        Units each = Units.ofTable(TIMES_DEARER * UnitSizes.read(0, true));
        names.forEach(name -> units.merge(name, each, Units::plus));
        return units;
    }
}

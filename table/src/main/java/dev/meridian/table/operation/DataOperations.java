package dev.meridian.table.operation;

import dev.meridian.table.definition.TableLookup;
import dev.meridian.table.expression.InvalidExpressionException;
import dev.meridian.table.model.ApiModel;
import dev.meridian.table.model.ConstraintViolationException;
import dev.meridian.table.model.MalformedRequestException;
import dev.meridian.table.model.RequestDecoder;
import dev.meridian.table.model.ServiceException;
import dev.meridian.table.model.Struct;
import dev.meridian.table.value.InvalidValueException;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;

/** The data operations by name. */
public final class DataOperations {

    private static final Map<String, BiFunction<Struct, TableLookup, Plan>> PLANS = Map.ofEntries(
            Map.entry("PutItem", PutItem::plan),
            Map.entry("GetItem", GetItem::plan),
            Map.entry("UpdateItem", UpdateItem::plan),
            Map.entry("DeleteItem", DeleteItem::plan),
            Map.entry("Query", Query::plan),
            Map.entry("Scan", Scan::plan),
            Map.entry("BatchGetItem", BatchGetItem::plan),
            Map.entry("BatchWriteItem", BatchWriteItem::plan),
            Map.entry("TransactWriteItems", TransactWriteItems::plan),
            Map.entry("TransactGetItems", TransactGetItems::plan),
            Map.entry("ExecuteStatement", ExecuteStatement::plan),
            Map.entry("BatchExecuteStatement", BatchExecuteStatement::plan),
            Map.entry("ExecuteTransaction", ExecuteTransaction::plan));

    /** Operations whose requests are to be planned aside: reading a statement costs more than the operation it comes to. */
    private static final Set<String> STATEMENTS =
            Set.of("ExecuteStatement", "BatchExecuteStatement", "ExecuteTransaction");

    private DataOperations() {}

    /** Whether the operation's requests are PartiQL. */
    public static boolean isStatement(String operation) {
        return STATEMENTS.contains(operation);
    }

    /** The operations that {@link #plan} takes. */
    public static Set<String> names() {
        return PLANS.keySet();
    }

    /** Reads, checks and plans a request; throws {@link ServiceException} with the service's error. */
    public static Plan plan(String operation, byte[] body, TableLookup tables) {
        BiFunction<Struct, TableLookup, Plan> plan = PLANS.get(operation);
        if (plan == null) {
            throw unknown(operation);
        }
        try {
            return plan.apply(decode(operation, body), tables);
        } catch (InvalidExpressionException | InvalidValueException invalid) {
            throw ServiceException.validation(String.valueOf(invalid.getMessage()));
        }
    }

    /** Reads and checks a request of any operation of the model. */
    public static Struct decode(String operation, byte[] body) {
        try {
            return RequestDecoder.decode(
                    ApiModel.dynamodb().input(operation).orElseThrow(() -> unknown(operation)), body);
        } catch (MalformedRequestException malformed) {
            throw new ServiceException(
                    "com.amazon.coral.service#SerializationException",
                    400,
                    String.valueOf(malformed.getMessage()),
                    Map.of());
        } catch (ConstraintViolationException violation) {
            throw ServiceException.validation(String.valueOf(violation.getMessage()));
        }
    }

    /** What an operation gets that we do not serve, or that does not exist. */
    public static ServiceException unknown(String operation) {
        String text = ApiModel.dynamodb().operations().contains(operation)
                ? "The operation " + operation + " is not served by Meridian yet"
                : "";
        return new ServiceException("com.amazon.coral.service#UnknownOperationException", 400, text, Map.of());
    }
}

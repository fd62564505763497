package dev.meridian.table.operation;

import dev.meridian.table.expression.DocumentPath;
import dev.meridian.table.expression.Operand;
import dev.meridian.table.expression.Update;
import dev.meridian.table.index.KeyTypes;
import dev.meridian.table.model.ServiceException;
import dev.meridian.table.model.Struct;
import dev.meridian.table.value.AttributeValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code AttributeUpdates}, from before there were expressions, as the tree that an update expression becomes. */
final class LegacyUpdates {

    private static final String INVALID = "One or more parameter values were invalid: ";

    private LegacyUpdates() {}

    static Update of(Map<String, Struct> updates) {
        List<Update.Action> actions = new ArrayList<>();
        updates.forEach((attribute, update) ->
                actions.add(action(new DocumentPath(List.of(attribute)), update.text("Action", "PUT"), (AttributeValue)
                        update.get("Value"))));
        return new Update(List.copyOf(actions));
    }

    private static Update.Action action(DocumentPath path, String action, @Nullable AttributeValue value) {
        if (value == null) {
            if (!action.equals("DELETE")) {
                throw ServiceException.validation(
                        INVALID + "Only DELETE action is allowed when no attribute value is specified");
            }
            return new Update.Remove(path);
        }
        Operand literal = new Operand.Literal(value);
        boolean set = value instanceof AttributeValue.SS
                || value instanceof AttributeValue.NS
                || value instanceof AttributeValue.BS;
        if (action.equals("PUT")) {
            return new Update.Set(path, literal);
        }
        if (action.equals("DELETE")) {
            if (!set) {
                throw ServiceException.validation(
                        INVALID + "DELETE action with value is not supported for the type " + KeyTypes.name(value));
            }
            return new Update.Delete(path, literal);
        }
        if (value instanceof AttributeValue.L) {
            Operand empty = new Operand.Literal(new AttributeValue.L(List.of()));
            Operand here = new Operand.Call("if_not_exists", List.of(new Operand.AtPath(path), empty));
            return new Update.Set(path, new Operand.Call("list_append", List.of(here, literal)));
        }
        if (!set && !(value instanceof AttributeValue.N)) {
            throw ServiceException.validation(
                    INVALID + "ADD action is not supported for the type " + KeyTypes.name(value));
        }
        return new Update.Add(path, literal);
    }
}

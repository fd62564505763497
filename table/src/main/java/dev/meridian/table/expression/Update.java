package dev.meridian.table.expression;

import java.util.List;

/**
 * An update expression as a tree.
 *
 * @param actions in the order of the text
 */
public record Update(List<Action> actions) {

    /** Where the actions act, in their order. */
    public List<DocumentPath> paths() {
        return actions.stream().map(Action::path).toList();
    }

    /** One action. */
    sealed interface Action {

        DocumentPath path();
    }

    record Set(DocumentPath path, Operand value) implements Action {}

    record Remove(DocumentPath path) implements Action {}

    record Add(DocumentPath path, Operand value) implements Action {}

    record Delete(DocumentPath path, Operand value) implements Action {}
}

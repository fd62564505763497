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
    public sealed interface Action {

        DocumentPath path();
    }

    public record Set(DocumentPath path, Operand value) implements Action {}

    public record Remove(DocumentPath path) implements Action {}

    public record Add(DocumentPath path, Operand value) implements Action {}

    public record Delete(DocumentPath path, Operand value) implements Action {}
}

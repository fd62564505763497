package dev.meridian.table.expression;

import java.util.List;

/** What conditions compare and updates assign. */
public sealed interface Operand {

    /** What lies at a path. */
    record AtPath(DocumentPath path) implements Operand {}

    /** A value of the request, by its reference. */
    record Value(String reference) implements Operand {}

    /** A value, once the reference has been bound. */
    record Literal(dev.meridian.table.value.AttributeValue value) implements Operand {}

    /** {@code size}, {@code if_not_exists} or {@code list_append} of its arguments. */
    record Call(String function, List<Operand> arguments) implements Operand {}

    /** A sum or difference. */
    record Arithmetic(String operator, Operand left, Operand right) implements Operand {}
}

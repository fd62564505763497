package dev.meridian.table.expression;

import java.util.List;

/** A condition as a tree. */
public sealed interface Condition {

    /** {@code =, <>, <, <=, >, >=}. */
    record Comparison(String operator, Operand left, Operand right) implements Condition {}

    /** {@code BETWEEN}. */
    record Between(Operand value, Operand low, Operand high) implements Condition {}

    /** {@code IN}. */
    record In(Operand value, List<Operand> choices) implements Condition {}

    /** {@code attribute_exists, attribute_not_exists, attribute_type, begins_with, contains}. */
    record Test(String function, List<Operand> arguments) implements Condition {}

    /** {@code AND}. */
    record And(Condition left, Condition right) implements Condition {}

    /** {@code OR}. */
    record Or(Condition left, Condition right) implements Condition {}

    /** {@code NOT}. */
    record Not(Condition condition) implements Condition {}
}

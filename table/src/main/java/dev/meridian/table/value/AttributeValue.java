package dev.meridian.table.value;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;

/** A DynamoDB attribute value: one of the ten types. Immutable, equal by value. */
public sealed interface AttributeValue {

    /** A string. */
    record S(String value) implements AttributeValue {}

    /** A number in normal form: no trailing zeros, at most 38 significant digits (see {@code NumberText}). */
    record N(BigDecimal value) implements AttributeValue {}

    /** Binary. */
    record B(Binary value) implements AttributeValue {}

    /** A set of strings in the order of their UTF-8 bytes. */
    record SS(SortedSet<String> values) implements AttributeValue {}

    /** A set of numbers in ascending order. */
    record NS(SortedSet<BigDecimal> values) implements AttributeValue {}

    /** A set of binaries in the order of their unsigned bytes. */
    record BS(SortedSet<Binary> values) implements AttributeValue {}

    /** A map of names to values, in the order they were given. */
    record M(Map<String, AttributeValue> entries) implements AttributeValue {}

    /** A list. */
    record L(List<AttributeValue> elements) implements AttributeValue {}

    /** A truth value. */
    record Bool(boolean value) implements AttributeValue {}

    /** Null. */
    record Null() implements AttributeValue {}
}

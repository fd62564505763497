package dev.meridian.table.model;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A type of the service's model. Built once while the model loads, not changed after. */
public final class Shape {

    /** What a value of the shape looks like in JSON. */
    public enum Type {
        STRING,
        ENUM,
        BOOLEAN,
        INTEGER,
        LONG,
        DOUBLE,
        BLOB,
        TIMESTAMP,
        LIST,
        MAP,
        STRUCTURE,
        ATTRIBUTE_VALUE
    }

    /**
     * A member of a structure.
     *
     * @param shownName as the service's texts call it
     */
    public record Member(String name, String shownName, Shape shape, boolean required) {

        Member(String name, Shape shape, boolean required) {
            this(name, Character.toLowerCase(name.charAt(0)) + name.substring(1), shape, required);
        }
    }

    /**
     * What values must satisfy; null where there is no such bound.
     *
     * @param choices the allowed values of an enumeration; empty: any
     */
    public record Constraints(
            @Nullable Long lengthMin,
            @Nullable Long lengthMax,
            @Nullable Long rangeMin,
            @Nullable Long rangeMax,
            @Nullable Pattern pattern,
            List<String> choices) {}

    private final String name;
    private final Type type;
    private final Constraints constraints;
    private final Map<String, Member> members = new LinkedHashMap<>();
    private @Nullable Shape element;
    private @Nullable Shape key;

    Shape(String name, Type type, Constraints constraints) {
        this.name = name;
        this.type = type;
        this.constraints = constraints;
    }

    void add(Member member) {
        members.put(member.name(), member);
    }

    void element(Shape shape) {
        element = shape;
    }

    void key(Shape shape) {
        key = shape;
    }

    public String name() {
        return name;
    }

    public Type type() {
        return type;
    }

    public Constraints constraints() {
        return constraints;
    }

    /** The members of a structure, in the model's order. */
    public Map<String, Member> members() {
        return members;
    }

    /** What a list or a map holds. */
    public Shape element() {
        if (element == null) {
            throw new IllegalStateException(name + " holds no elements");
        }
        return element;
    }

    /** What a map's keys are. */
    public Shape key() {
        if (key == null) {
            throw new IllegalStateException(name + " is not a map");
        }
        return key;
    }
}

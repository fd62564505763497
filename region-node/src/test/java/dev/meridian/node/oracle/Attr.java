package dev.meridian.node.oracle;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * An attribute value: the letters of its type and a Java value that equals by value. Binaries are strings of characters up
 * to 255; sets are sorted, for equality's sake.
 */
record Attr(String type, Object value) {

    static Attr string(String text) {
        return new Attr("S", text);
    }

    static Attr number(BigDecimal number) {
        return new Attr("N", canonical(number));
    }

    static Attr number(long number) {
        return number(BigDecimal.valueOf(number));
    }

    static Attr map(Map<String, Attr> entries) {
        return new Attr("M", new TreeMap<>(entries));
    }

    static Attr list(List<Attr> elements) {
        return new Attr("L", List.copyOf(elements));
    }

    static Attr set(String type, Iterable<?> elements) {
        TreeSet<Object> sorted = new TreeSet<>();
        for (Object element : elements) {
            sorted.add(element instanceof BigDecimal number ? canonical(number) : element);
        }
        return new Attr(type, sorted);
    }

    private static BigDecimal canonical(BigDecimal number) {
        return number.signum() == 0 ? BigDecimal.ZERO : number.stripTrailingZeros();
    }

    boolean is(String wanted) {
        return type.equals(wanted);
    }

    boolean isSet() {
        return is("SS") || is("NS") || is("BS");
    }

    /** Whether the value has an order: string, number, binary. */
    boolean isOrdered() {
        return is("S") || is("N") || is("B");
    }

    BigDecimal number() {
        return (BigDecimal) value;
    }

    String text() {
        return (String) value;
    }

    @SuppressWarnings("unchecked")
    Map<String, Attr> entries() {
        return (Map<String, Attr>) value;
    }

    @SuppressWarnings("unchecked")
    List<Attr> elements() {
        return (List<Attr>) value;
    }

    @SuppressWarnings("unchecked")
    TreeSet<Object> members() {
        return (TreeSet<Object>) value;
    }

    /** Bytes of a string or a binary. */
    byte[] bytes() {
        return text().getBytes(is("B") ? StandardCharsets.ISO_8859_1 : StandardCharsets.UTF_8);
    }

    /** Orders two ordered values of one type. */
    int compare(Attr other) {
        return is("N") ? number().compareTo(other.number()) : Arrays.compareUnsigned(bytes(), other.bytes());
    }

    /** DynamoDB JSON; numbers in one of the many ways they may be written. */
    Object toJson(Random random) {
        Object json;
        switch (type) {
            case "N" -> json = write(number(), random);
            case "B" -> json = encode(text());
            case "NS" ->
                json = members().stream()
                        .<Object>map(number -> write((BigDecimal) number, random))
                        .toList();
            case "BS" ->
                json = members().stream()
                        .<Object>map(binary -> encode((String) binary))
                        .toList();
            case "SS" -> json = List.copyOf(members());
            case "L" ->
                json = elements().stream()
                        .map(element -> element.toJson(random))
                        .toList();
            case "M" -> json = toJson(entries(), random);
            default -> json = value;
        }
        return Map.of(type, json);
    }

    static Map<String, Object> toJson(Map<String, Attr> entries, Random random) {
        Map<String, Object> map = new TreeMap<>();
        entries.forEach((name, attr) -> map.put(name, attr.toJson(random)));
        return map;
    }

    private static String write(BigDecimal number, Random random) {
        return switch (KnownDifferences.tellsNumbersByText() ? 3 : random.nextInt(4)) {
            case 0 -> number.toString();
            case 1 -> number.toEngineeringString();
            case 2 ->
                Math.abs(number.scale()) < 30
                        ? number.setScale(Math.max(number.scale(), 0) + 1).toPlainString()
                        : number.toString();
            default -> Math.abs(number.scale()) < 30 ? number.toPlainString() : number.toString();
        };
    }

    private static String encode(String binary) {
        return Base64.getEncoder().encodeToString(binary.getBytes(StandardCharsets.ISO_8859_1));
    }

    static Map<String, Attr> itemOf(Object json) {
        Map<String, Attr> item = new TreeMap<>();
        Json.map(json).forEach((name, attr) -> item.put(name, of(attr)));
        return item;
    }

    private static Attr of(Object json) {
        Map.Entry<String, Object> only = Json.map(json).entrySet().iterator().next();
        Object value = only.getValue();
        return switch (only.getKey()) {
            case "N" -> number(new BigDecimal((String) value));
            case "B" -> new Attr("B", decode(value));
            case "NS" ->
                set(
                        "NS",
                        Json.list(value).stream()
                                .map(text -> new BigDecimal((String) text))
                                .toList());
            case "BS" -> set("BS", Json.list(value).stream().map(Attr::decode).toList());
            case "SS" -> set("SS", Json.list(value));
            case "L" ->
                list(new ArrayList<>(Json.list(value).stream().map(Attr::of).toList()));
            case "M" -> map(itemOf(value));
            default -> new Attr(only.getKey(), value);
        };
    }

    private static String decode(Object base64) {
        return new String(Base64.getDecoder().decode((String) base64), StandardCharsets.ISO_8859_1);
    }

    /** Bytes the value takes, by the developer guide. */
    int sizeBytes() {
        return switch (type) {
            case "S", "B" -> bytes().length;
            case "N" -> sizeBytes(number());
            case "SS" ->
                members().stream()
                        .mapToInt(text -> string((String) text).bytes().length)
                        .sum();
            case "BS" ->
                members().stream()
                        .mapToInt(binary -> ((String) binary).length())
                        .sum();
            case "NS" ->
                members().stream()
                        .mapToInt(number -> sizeBytes((BigDecimal) number))
                        .sum();
            case "L" ->
                3
                        + elements().stream()
                                .mapToInt(element -> 1 + element.sizeBytes())
                                .sum();
            case "M" -> 3 + entries().size() + sizeBytes(entries());
            default -> 1;
        };
    }

    static int sizeBytes(Map<String, Attr> entries) {
        return entries.entrySet().stream()
                .mapToInt(entry ->
                        string(entry.getKey()).bytes().length + entry.getValue().sizeBytes())
                .sum();
    }

    private static int sizeBytes(BigDecimal number) {
        return number.signum() == 0 ? 1 : 1 + (number.precision() + 1) / 2 + (number.signum() < 0 ? 1 : 0);
    }
}

package dev.meridian.table;

import dev.meridian.table.value.AttributeValue;
import dev.meridian.table.value.Binary;
import dev.meridian.table.value.Item;
import dev.meridian.table.value.NumberText;
import dev.meridian.table.value.Utf8;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;

/** Makes values for tests. */
public final class Values {

    private Values() {}

    public static AttributeValue s(String value) {
        return new AttributeValue.S(value);
    }

    public static AttributeValue n(String value) {
        return new AttributeValue.N(NumberText.parse(value));
    }

    /** An item with random attributes of all ten types, nested up to the given depth. */
    public static Item randomItem(Random random, int depth) {
        return new Item(entries(random, depth));
    }

    private static Map<String, AttributeValue> entries(Random random, int depth) {
        Map<String, AttributeValue> entries = new LinkedHashMap<>();
        for (int i = random.nextInt(5); i >= 0; i--) {
            entries.put(text(random), value(random, depth));
        }
        return entries;
    }

    private static AttributeValue value(Random random, int depth) {
        switch (random.nextInt(depth > 0 ? 10 : 8)) {
            case 0:
                return new AttributeValue.S(text(random));
            case 1:
                return new AttributeValue.N(number(random));
            case 2:
                return new AttributeValue.B(binary(random));
            case 3:
                return new AttributeValue.Bool(random.nextBoolean());
            case 4:
                return new AttributeValue.Null();
            case 5:
                TreeSet<String> strings = new TreeSet<>(Utf8.ORDER);
                strings.add(text(random));
                strings.add(text(random));
                return new AttributeValue.SS(strings);
            case 6:
                return new AttributeValue.NS(new TreeSet<>(List.of(number(random), new BigDecimal("7"))));
            case 7:
                return new AttributeValue.BS(new TreeSet<>(List.of(binary(random))));
            case 8:
                return new AttributeValue.M(entries(random, depth - 1));
            default:
                List<AttributeValue> elements = new ArrayList<>();
                for (int i = random.nextInt(4); i > 0; i--) {
                    elements.add(value(random, depth - 1));
                }
                return new AttributeValue.L(elements);
        }
    }

    public static BigDecimal number(Random random) {
        String text = (random.nextBoolean() ? "-" : "") + random.nextInt(1_000_000) + "e" + (random.nextInt(80) - 40);
        return NumberText.parse(text);
    }

    public static String text(Random random) {
        StringBuilder text = new StringBuilder();
        for (int i = 1 + random.nextInt(6); i > 0; i--) {
            text.appendCodePoint(
                    switch (random.nextInt(4)) {
                        case 0 -> random.nextInt(128);
                        case 1 -> 0x400 + random.nextInt(200);
                        case 2 -> 0x1F600 + random.nextInt(50);
                        default -> 'a' + random.nextInt(26);
                    });
        }
        return text.toString();
    }

    private static Binary binary(Random random) {
        byte[] bytes = new byte[1 + random.nextInt(20)];
        random.nextBytes(bytes);
        return new Binary(bytes);
    }
}

package dev.meridian.table.value;

import java.math.BigDecimal;
import java.util.Map;

/** Sizes in bytes, by the formula of the developer guide: names and values in UTF-8, numbers two digits a byte. */
public final class ItemSize {

    public static final int ITEM_BYTES_MAX = 400 * 1024;
    private static final int CONTAINER_BYTES = 3;

    private ItemSize() {}

    public static int of(Item item) {
        return ofEntries(item.attributes());
    }

    public static int of(AttributeValue value) {
        if (value instanceof AttributeValue.S s) {
            return Utf8.length(s.value());
        } else if (value instanceof AttributeValue.N n) {
            return of(n.value());
        } else if (value instanceof AttributeValue.B b) {
            return b.value().length();
        } else if (value instanceof AttributeValue.SS set) {
            return set.values().stream().mapToInt(Utf8::length).sum();
        } else if (value instanceof AttributeValue.NS set) {
            return set.values().stream().mapToInt(ItemSize::of).sum();
        } else if (value instanceof AttributeValue.BS set) {
            return set.values().stream().mapToInt(Binary::length).sum();
        } else if (value instanceof AttributeValue.M map) {
            return CONTAINER_BYTES + map.entries().size() + ofEntries(map.entries());
        } else if (value instanceof AttributeValue.L list) {
            return CONTAINER_BYTES
                    + list.elements().size()
                    + list.elements().stream().mapToInt(ItemSize::of).sum();
        }
        return 1;
    }

    private static int ofEntries(Map<String, AttributeValue> entries) {
        int bytes = 0;
        for (Map.Entry<String, AttributeValue> entry : entries.entrySet()) {
            bytes += Utf8.length(entry.getKey()) + of(entry.getValue());
        }
        return bytes;
    }

    private static int of(BigDecimal number) {
        if (number.signum() == 0) {
            return 1;
        }
        int digits = number.precision();
        int pairs = (digits + 1) / 2;
        return 1 + pairs + (number.signum() < 0 ? 1 : 0);
    }
}

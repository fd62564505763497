package dev.meridian.table.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Values as the service shows them in its errors: {@code [KeySchemaElement(attributeName=pk, keyType=HASH)]}. */
final class ShownValue {

    private ShownValue() {}

    static String of(Shape shape, Object value) {
        if (value instanceof List<?> list) {
            List<String> shown = new ArrayList<>(list.size());
            list.forEach(element -> shown.add(of(shape.element(), element)));
            return "[" + String.join(", ", shown) + "]";
        }
        if (value instanceof Map<?, ?> map) {
            List<String> shown = new ArrayList<>(map.size());
            map.forEach((key, element) -> shown.add(key + "=" + of(shape.element(), element)));
            return "{" + String.join(", ", shown) + "}";
        }
        if (value instanceof Struct struct) {
            List<String> shown = new ArrayList<>();
            for (Shape.Member member : shape.members().values()) {
                Object part = struct.get(member.name());
                if (part != null) {
                    shown.add(member.shownName() + "=" + of(member.shape(), part));
                }
            }
            return shape.name() + "(" + String.join(", ", shown) + ")";
        }
        return String.valueOf(value);
    }
}

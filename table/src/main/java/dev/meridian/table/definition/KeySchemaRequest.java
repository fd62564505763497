package dev.meridian.table.definition;

import dev.meridian.table.model.ServiceException;
import dev.meridian.table.model.Struct;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;

/** A key schema in a request and the rules it must keep, in the order in which the service checks them. */
final class KeySchemaRequest {

    private static final String INVALID = "One or more parameter values were invalid: ";
    private static final int KEY_PARTS_MAX = 4;

    private KeySchemaRequest() {}

    /** A key of one partition and one sort attribute at most. */
    static KeySchema simple(List<Struct> elements, String path, Map<String, String> types) {
        if (elements.size() > 2) {
            List<String> shown = elements.stream()
                    .map(element -> "KeySchemaElement(attributeName=" + element.text("AttributeName") + ", keyType="
                            + element.text("KeyType") + ")")
                    .toList();
            throw CreateTableRequest.constraint(
                    "'" + shown + "'", path, "Member must have length less than or equal to 2");
        }
        if (elements.size() > types.size()) {
            throw ServiceException.validation("Invalid KeySchema: Some index key attribute have no definition");
        }
        checkDefined(elements, types);
        if (elements.size() == 2
                && elements.get(0)
                        .requiredText("AttributeName")
                        .equals(elements.get(1).requiredText("AttributeName"))) {
            throw ServiceException.validation(
                    "Both the Hash Key and the Range Key element in the KeySchema have the same name");
        }
        firstIsHash(elements);
        if (elements.size() == 2 && !"RANGE".equals(elements.get(1).text("KeyType"))) {
            throw ServiceException.validation("Invalid KeySchema: The second KeySchemaElement is not a RANGE key type");
        }
        return split(elements);
    }

    /** A key of a global index: up to four partition and four sort attributes. */
    static KeySchema composed(List<Struct> elements, Map<String, String> types) {
        checkDefined(elements, types);
        firstIsHash(elements);
        KeySchema key = split(elements);
        for (int i = 0; i < key.hash().size(); i++) {
            if (!"HASH".equals(elements.get(i).text("KeyType"))) {
                throw ServiceException.validation(
                        INVALID + "All HASH key attributes must precede RANGE key attributes in the KeySchema");
            }
        }
        checkParts(key.hash(), "HASH");
        checkParts(key.range(), "RANGE");
        List<String> names = names(key);
        if (new HashSet<>(names).size() < names.size()) {
            throw ServiceException.validation(
                    names.size() == 2
                            ? "Both the Hash Key and the Range Key element in the KeySchema have the same name"
                            : INVALID + "The KeySchema contains multiple key attributes with the same name");
        }
        return key;
    }

    private static void checkParts(List<String> parts, String type) {
        if (parts.size() > KEY_PARTS_MAX) {
            throw ServiceException.validation(
                    INVALID + "The KeySchema exceeds the maximum allowed number of " + type + " key attributes");
        }
    }

    private static void firstIsHash(List<Struct> elements) {
        if (!"HASH".equals(elements.get(0).text("KeyType"))) {
            throw ServiceException.validation("Invalid KeySchema: The first KeySchemaElement is not a HASH key type");
        }
    }

    private static KeySchema split(List<Struct> elements) {
        List<String> hash = new ArrayList<>();
        List<String> range = new ArrayList<>();
        for (Struct element : elements) {
            ("HASH".equals(element.text("KeyType")) ? hash : range).add(element.requiredText("AttributeName"));
        }
        return new KeySchema(List.copyOf(hash), List.copyOf(range));
    }

    private static void checkDefined(List<Struct> elements, Map<String, String> types) {
        List<String> names = elements.stream()
                .map(element -> element.requiredText("AttributeName"))
                .toList();
        if (!types.keySet().containsAll(names)) {
            throw ServiceException.validation(INVALID + "Some index key attributes are not defined in "
                    + "AttributeDefinitions. Keys: " + names + ", AttributeDefinitions: " + types.keySet());
        }
    }

    static List<String> names(KeySchema key) {
        List<String> names = new ArrayList<>(key.hash());
        names.addAll(key.range());
        return names;
    }
}

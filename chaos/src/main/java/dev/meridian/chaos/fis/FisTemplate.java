package dev.meridian.chaos.fis;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * As much of an experiment template as a drill can be made from: what {@code aws fis get-experiment-template} prints, or what {@code
 * create-experiment-template} takes.
 *
 * @param targets of each target, its ARNs
 * @param stopConditions their sources other than {@code none}
 */
record FisTemplate(
        String description,
        String name,
        Map<String, List<String>> targets,
        Map<String, Action> actions,
        List<String> stopConditions) {

    private static final JsonFactory JSON = new JsonFactory();

    /** An action. */
    record Action(String id, Map<String, String> parameters, List<String> targets, List<String> startAfter) {}

    /** Throws IllegalArgumentException, for the user, for what is no template. */
    static FisTemplate parse(String text) {
        Object root;
        try (JsonParser json = JSON.createParser(text)) {
            json.nextToken();
            root = value(json);
        } catch (IOException malformed) {
            throw new IllegalArgumentException("it is not JSON: " + malformed.getMessage(), malformed);
        }
        Map<?, ?> template = map(root);
        if (template.get("experimentTemplate") instanceof Map<?, ?> wrapped) {
            template = wrapped;
        }
        Map<String, List<String>> targets = new LinkedHashMap<>();
        map(template.get("targets"))
                .forEach((name, target) ->
                        targets.put(name.toString(), texts(map(target).get("resourceArns"))));
        Map<String, Action> actions = new LinkedHashMap<>();
        map(template.get("actions")).forEach((name, action) -> actions.put(name.toString(), action(map(action))));
        if (actions.isEmpty()) {
            throw new IllegalArgumentException("it has no actions; an FIS experiment template is expected");
        }
        List<String> conditions = new ArrayList<>();
        if (template.get("stopConditions") instanceof List<?> list) {
            list.forEach(condition -> conditions.add(text(map(condition), "source", "none")));
        }
        conditions.removeIf("none"::equals);
        return new FisTemplate(
                text(template, "description", ""),
                text(map(template.get("tags")), "Name", text(template, "description", "imported")),
                targets,
                actions,
                conditions);
    }

    private static Action action(Map<?, ?> action) {
        Map<String, String> parameters = new LinkedHashMap<>();
        map(action.get("parameters")).forEach((name, value) -> parameters.put(name.toString(), String.valueOf(value)));
        return new Action(
                text(action, "actionId", ""),
                parameters,
                map(action.get("targets")).values().stream()
                        .map(String::valueOf)
                        .toList(),
                texts(action.get("startAfter")));
    }

    private static Map<?, ?> map(@Nullable Object value) {
        return value instanceof Map<?, ?> map ? map : Map.of();
    }

    private static List<String> texts(@Nullable Object value) {
        return value instanceof List<?> list
                ? list.stream().map(String::valueOf).toList()
                : List.of();
    }

    private static String text(Map<?, ?> from, String key, String otherwise) {
        return from.get(key) instanceof String text ? text : otherwise;
    }

    private static Object value(JsonParser json) throws IOException {
        if (json.currentToken() == JsonToken.START_OBJECT) {
            Map<String, Object> members = new LinkedHashMap<>();
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String name = json.currentName();
                json.nextToken();
                members.put(name, value(json));
            }
            return members;
        }
        if (json.currentToken() == JsonToken.START_ARRAY) {
            List<Object> elements = new ArrayList<>();
            while (json.nextToken() != JsonToken.END_ARRAY) {
                elements.add(value(json));
            }
            return elements;
        }
        String text = json.getText();
        return text == null ? "" : text;
    }
}

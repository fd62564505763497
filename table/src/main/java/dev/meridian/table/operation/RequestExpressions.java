package dev.meridian.table.operation;

import dev.meridian.table.expression.Binder;
import dev.meridian.table.expression.Bindings;
import dev.meridian.table.expression.Condition;
import dev.meridian.table.expression.DocumentPath;
import dev.meridian.table.expression.ExpressionKind;
import dev.meridian.table.expression.ExpressionParser;
import dev.meridian.table.expression.Update;
import dev.meridian.table.model.ServiceException;
import dev.meridian.table.model.Struct;
import dev.meridian.table.value.AttributeValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The expressions of one request, parsed (or found again) and bound to the request's names and values. */
final class RequestExpressions {

    private static final ParsedExpressions<Condition> CONDITIONS = new ParsedExpressions<>();
    private static final ParsedExpressions<Update> UPDATES = new ParsedExpressions<>();
    private static final ParsedExpressions<List<DocumentPath>> PROJECTIONS = new ParsedExpressions<>();
    private static final List<String> EXPRESSIONS = List.of(
            "ConditionExpression",
            "UpdateExpression",
            "ProjectionExpression",
            "FilterExpression",
            "KeyConditionExpression");
    /** What requests carried before expressions; not mixed with them. */
    private static final List<String> LEGACY = List.of(
            "AttributesToGet",
            "AttributeUpdates",
            "Expected",
            "KeyConditions",
            "QueryFilter",
            "ScanFilter",
            "ConditionalOperator");

    private final Struct request;
    private final Bindings bindings;

    RequestExpressions(Struct request) {
        this.request = request;
        refuseLegacy(request);
        Map<String, String> names = request.map("ExpressionAttributeNames");
        Map<String, AttributeValue> values = request.attributes("ExpressionAttributeValues");
        checkReferences(request, "ExpressionAttributeNames", names, "#");
        checkReferences(request, "ExpressionAttributeValues", values, ":");
        this.bindings = new Bindings(names, values);
    }

    private static void refuseLegacy(Struct request) {
        List<String> legacy = new ArrayList<>(LEGACY);
        legacy.removeIf(member -> !request.has(member));
        if (legacy.isEmpty()) {
            return;
        }
        List<String> expressions = new ArrayList<>(EXPRESSIONS);
        expressions.removeIf(member -> !request.has(member));
        if (!expressions.isEmpty()) {
            throw ServiceException.validation("Can not use both expression and non-expression parameters in the same "
                    + "request: Non-expression parameters: {" + String.join(", ", legacy)
                    + "} Expression parameters: {" + String.join(", ", expressions) + "}");
        }
        throw ServiceException.validation(
                "The legacy parameters {" + String.join(", ", legacy) + "} are not served yet; use expressions");
    }

    private static void checkReferences(Struct request, String member, Map<String, ?> references, String mark) {
        if (!request.has(member)) {
            return;
        }
        if (EXPRESSIONS.stream().noneMatch(request::has)) {
            throw ServiceException.validation(member + " can only be specified when using expressions");
        }
        if (references.isEmpty()) {
            throw ServiceException.validation(member + " must not be empty");
        }
        for (String reference : references.keySet()) {
            if (!reference.matches(mark + "[A-Za-z0-9_]+")) {
                throw ServiceException.validation(
                        member + " contains invalid key: Syntax error; key: \"" + reference + "\"");
            }
        }
    }

    @Nullable
    Condition condition(ExpressionKind kind) {
        String text = request.text(kind.parameter());
        if (text == null) {
            return null;
        }
        Condition parsed = CONDITIONS.get(kind.name() + text, key -> ExpressionParser.condition(text, kind));
        return new Binder(bindings, kind).bind(parsed);
    }

    @Nullable
    Update update() {
        String text = request.text("UpdateExpression");
        if (text == null) {
            return null;
        }
        Update parsed = UPDATES.get(text, ExpressionParser::update);
        return new Binder(bindings, ExpressionKind.UPDATE).bind(parsed);
    }

    @Nullable
    List<DocumentPath> projection() {
        String text = request.text("ProjectionExpression");
        if (text == null) {
            return null;
        }
        List<DocumentPath> parsed = PROJECTIONS.get(text, ExpressionParser::projection);
        return new Binder(bindings, ExpressionKind.PROJECTION).bind(parsed);
    }

    /** To be called when every expression of the request has been bound. */
    void checkAllUsed() {
        bindings.checkAllUsed();
    }

    /** Parsed expressions by their text; forgets all when it has grown too large, which hostile variety alone brings about. */
    private static final class ParsedExpressions<T> {

        private static final int ENTRIES_MAX = 2_000;
        private final Map<String, T> parsed = new java.util.concurrent.ConcurrentHashMap<>();

        T get(String text, Function<String, T> parse) {
            T known = parsed.get(text);
            if (known != null) {
                return known;
            }
            T fresh = parse.apply(text);
            if (parsed.size() >= ENTRIES_MAX) {
                parsed.clear();
            }
            parsed.put(text, fresh);
            return fresh;
        }
    }
}

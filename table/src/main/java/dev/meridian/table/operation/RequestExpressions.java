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
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The expressions of one request, parsed (or found again) and bound to the request's names and values. What a request says
 * in parameters older than expressions comes out as the same trees.
 */
final class RequestExpressions {

    private static final ParsedExpressions<Condition> CONDITIONS = new ParsedExpressions<>();
    private static final ParsedExpressions<Update> UPDATES = new ParsedExpressions<>();
    private static final ParsedExpressions<List<DocumentPath>> PROJECTIONS = new ParsedExpressions<>();
    private final Struct request;
    private final Bindings bindings;

    RequestExpressions(Struct request, RequestParameters parameters) {
        this.request = request;
        parameters.check(request);
        this.bindings =
                new Bindings(request.map("ExpressionAttributeNames"), request.attributes("ExpressionAttributeValues"));
    }

    @Nullable
    Condition condition(ExpressionKind kind) {
        String text = request.text(kind.parameter());
        if (text == null) {
            return legacyCondition(kind);
        }
        Condition parsed = CONDITIONS.get(kind.name() + text, key -> ExpressionParser.condition(text, kind));
        return new Binder(bindings, kind).bind(parsed);
    }

    private @Nullable Condition legacyCondition(ExpressionKind kind) {
        return switch (kind) {
            case CONDITION -> LegacyConditions.expected(request);
            case FILTER -> LegacyConditions.filter(request, request.has("QueryFilter") ? "QueryFilter" : "ScanFilter");
            case KEY_CONDITION -> request.has("KeyConditions") ? LegacyConditions.key(request) : null;
            default -> throw new IllegalArgumentException(kind + " is not a condition");
        };
    }

    @Nullable
    Update update() {
        String text = request.text("UpdateExpression");
        if (text == null) {
            return request.has("AttributeUpdates") ? LegacyUpdates.of(request.map("AttributeUpdates")) : null;
        }
        Update parsed = UPDATES.get(text, ExpressionParser::update);
        return new Binder(bindings, ExpressionKind.UPDATE).bind(parsed);
    }

    @Nullable
    List<DocumentPath> projection() {
        String text = request.text("ProjectionExpression");
        if (text == null) {
            return request.has("AttributesToGet") ? attributesToGet(request.texts("AttributesToGet")) : null;
        }
        List<DocumentPath> parsed = PROJECTIONS.get(text, ExpressionParser::projection);
        return new Binder(bindings, ExpressionKind.PROJECTION).bind(parsed);
    }

    private static List<DocumentPath> attributesToGet(List<String> names) {
        Set<String> seen = new HashSet<>();
        List<DocumentPath> paths = new ArrayList<>(names.size());
        for (String name : names) {
            if (!seen.add(name)) {
                throw ServiceException.validation(
                        "One or more parameter values were invalid: Duplicate value in attribute name: " + name);
            }
            paths.add(new DocumentPath(List.of(name)));
        }
        return paths;
    }

    /** To be called when every expression of the request has been bound. */
    void checkAllUsed() {
        bindings.checkAllUsed();
    }

    /** Parsed expressions by their text; forgets all when it has grown too large, which hostile variety alone brings about. */
    private static final class ParsedExpressions<T> {

        private static final int ENTRIES_MAX = 2_000;
        private final Map<String, T> parsed = new ConcurrentHashMap<>();

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

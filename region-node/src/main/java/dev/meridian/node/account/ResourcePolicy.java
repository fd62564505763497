package dev.meridian.node.account;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A resource policy, as far as it decides between accounts: effect, principal, action, resource, and the conditions {@code StringEquals}
 * and {@code ArnEquals} on {@code aws:SourceAccount} and {@code aws:SourceArn}, with {@code *} and {@code ?} in texts. A statement with
 * anything else allows nothing, and denies nothing.
 */
public final class ResourcePolicy {

    private static final JsonFactory JSON = new JsonFactory();
    private static final List<String> KNOWN = List.of("Sid", "Effect", "Principal", "Action", "Resource", "Condition");
    private static final List<String> COMPARISONS = List.of("StringEquals", "StringLike", "ArnEquals", "ArnLike");

    private final List<Map<?, ?>> statements;

    private ResourcePolicy(List<Map<?, ?>> statements) {
        this.statements = statements;
    }

    /** Of a table without one: allows nothing. */
    public static final ResourcePolicy NONE = new ResourcePolicy(List.of());

    /**
     * What is asked of a policy.
     *
     * @param principal an account's number, or a service
     * @param action without its prefix
     * @param context the keys that conditions look at
     */
    public record Question(String principal, String action, String arn, Map<String, String> context) {}

    /** Reads a policy; empty where it is none. */
    public static Optional<ResourcePolicy> parse(String text) {
        try (JsonParser parser = JSON.createParser(text)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return Optional.empty();
            }
            Map<?, ?> policy = (Map<?, ?>) value(parser);
            if (parser.nextToken() != null) {
                return Optional.empty();
            }
            List<Map<?, ?>> statements = new ArrayList<>();
            for (Object statement : many(policy.get("Statement"))) {
                if (statement instanceof Map<?, ?> members) {
                    statements.add(members);
                }
            }
            return Optional.of(new ResourcePolicy(List.copyOf(statements)));
        } catch (IOException malformed) {
            return Optional.empty();
        }
    }

    private static Object value(JsonParser parser) throws IOException {
        return switch (parser.currentToken()) {
            case START_OBJECT -> {
                Map<String, Object> members = new LinkedHashMap<>();
                while (parser.nextToken() != JsonToken.END_OBJECT) {
                    String name = parser.currentName();
                    parser.nextToken();
                    members.put(name, value(parser));
                }
                yield members;
            }
            case START_ARRAY -> {
                List<Object> elements = new ArrayList<>();
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    elements.add(value(parser));
                }
                yield elements;
            }
            default -> parser.getText();
        };
    }

    /** Whether it is allowed, and nothing denies it. */
    public boolean allows(Question question) {
        return statements.stream().anyMatch(statement -> says(statement, "Allow", question))
                && statements.stream().noneMatch(statement -> says(statement, "Deny", question));
    }

    private static boolean says(Map<?, ?> statement, String effect, Question question) {
        return KNOWN.containsAll(statement.keySet())
                && effect.equals(statement.get("Effect"))
                && isPrincipal(statement.get("Principal"), question.principal())
                && many(statement.get("Action")).stream()
                        .anyMatch(action -> fits(
                                String.valueOf(action).toLowerCase(java.util.Locale.ROOT),
                                "dynamodb:" + question.action().toLowerCase(java.util.Locale.ROOT)))
                && many(statement.get("Resource")).stream()
                        .anyMatch(resource -> fits(String.valueOf(resource), question.arn()))
                && isMet(statement.get("Condition"), question.context());
    }

    private static boolean isPrincipal(@Nullable Object given, String principal) {
        if (!(given instanceof Map<?, ?> kinds)) {
            return "*".equals(given);
        }
        return kinds.values().stream().flatMap(named -> many(named).stream()).anyMatch(named -> {
            String text = String.valueOf(named);
            return text.equals("*")
                    || text.equals(principal)
                    || text.startsWith("arn:aws:iam::" + principal + ":") && Accounts.isOne(principal);
        });
    }

    private static boolean isMet(@Nullable Object condition, Map<String, String> context) {
        if (condition == null) {
            return true;
        }
        return condition instanceof Map<?, ?> comparisons
                && comparisons.entrySet().stream()
                        .allMatch(comparison -> COMPARISONS.contains(String.valueOf(comparison.getKey()))
                                && comparison.getValue() instanceof Map<?, ?> keys
                                && keys.entrySet().stream().allMatch(key -> {
                                    String value = context.get(String.valueOf(key.getKey()));
                                    return value != null
                                            && many(key.getValue()).stream()
                                                    .anyMatch(one -> fits(String.valueOf(one), value));
                                }));
    }

    private static List<?> many(@Nullable Object oneOrMore) {
        if (oneOrMore == null) {
            return List.of();
        }
        return oneOrMore instanceof List<?> list ? list : List.of(oneOrMore);
    }

    /** Whether a text is of a pattern, in time that grows with their lengths' product at most. */
    private static boolean fits(String pattern, String text) {
        int p = 0;
        int t = 0;
        int star = -1;
        int from = 0;
        while (t < text.length()) {
            if (p < pattern.length() && pattern.charAt(p) == '*') {
                star = p++;
                from = t;
            } else if (p < pattern.length() && (pattern.charAt(p) == '?' || pattern.charAt(p) == text.charAt(t))) {
                p++;
                t++;
            } else if (star >= 0) {
                p = star + 1;
                t = ++from;
            } else {
                return false;
            }
        }
        while (p < pattern.length() && pattern.charAt(p) == '*') {
            p++;
        }
        return p == pattern.length();
    }
}

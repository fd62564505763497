package dev.meridian.chaos.fault;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.meridian.chaos.fault.DoorRule.Effect;
import dev.meridian.node.http.DoorGate;
import dev.meridian.node.http.OperationHandler;
import dev.meridian.node.stage.StageEnd;
import dev.meridian.table.model.ServiceException;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.random.RandomGenerator;

/**
 * A region's door bent by the board's rules. Connections are refused before a request is read, everything else happens to a
 * request that is whole; links and the control API pass untouched. A request that hangs is given up after a minute.
 */
public final class ChaosDoor implements DoorGate {

    private static final JsonFactory JSON = new JsonFactory();
    private static final long HANG_MILLIS = 60_000;
    private static final String DYNAMODB = "dynamodb";
    private static final String STREAMS = "dynamodbstreams";
    private static final Set<String> OF_STREAMS =
            Set.of("DescribeStream", "GetRecords", "GetShardIterator", "ListStreams");

    private final String region;
    private final DoorGate inner;
    private final FaultBoard board;
    private final ChaosLinks.Timer timer;
    private final RandomGenerator random;
    /** The connections made while new ones were refused; those that are gone are forgotten. */
    private final Set<HttpConnection> young =
            Collections.synchronizedSet(Collections.newSetFromMap(new WeakHashMap<>()));

    public ChaosDoor(String region, DoorGate inner, FaultBoard board, ChaosLinks.Timer timer, RandomGenerator random) {
        this.region = region;
        this.inner = inner;
        this.board = board;
        this.timer = timer;
        this.random = random;
    }

    @Override
    public void connected(HttpConnection connection) {
        if (board.doorRules().stream().anyMatch(rule -> rule.effect() == Effect.REFUSE_NEW)) {
            young.add(connection);
        }
    }

    @Override
    public void pass(HttpServerRequest request, Runnable enter) {
        List<DoorRule> rules = board.doorRules();
        String target = rules.isEmpty() ? null : request.getHeader("X-Amz-Target");
        if (target != null && isRefused(rules, target.substring(target.indexOf('.') + 1), request)) {
            request.connection().close();
        } else {
            inner.pass(request, enter);
        }
    }

    private boolean isRefused(List<DoorRule> rules, String operation, HttpServerRequest request) {
        for (DoorRule rule : rules) {
            if (rule.fits(region, service(operation), operation)) {
                boolean isNew = rule.effect() == Effect.REFUSE_NEW && young.contains(request.connection());
                return (rule.effect() == Effect.REFUSE || isNew) && isMet(rule);
            }
        }
        return false;
    }

    @Override
    public OperationHandler before(OperationHandler operations) {
        OperationHandler inside = inner.before(operations);
        return (account, operation, body, answering) -> {
            List<DoorRule> rules = board.doorRules();
            if (!rules.isEmpty()) {
                for (DoorRule rule : rules) {
                    boolean fits = rule.fits(region, service(operation), operation)
                            && (rule.table().isEmpty() || isAbout(rule.table(), body));
                    if (fits && !rule.isOfConnections()) {
                        return isMet(rule)
                                ? bent(rule, operation, () -> inside.handle(account, operation, body, answering))
                                : inside.handle(account, operation, body, answering);
                    }
                }
            }
            return inside.handle(account, operation, body, answering);
        };
    }

    private interface Going {

        CompletionStage<byte[]> on();
    }

    private CompletionStage<byte[]> bent(DoorRule rule, String operation, Going going) {
        CompletableFuture<byte[]> answer = new CompletableFuture<>();
        switch (rule.effect()) {
            case SLOW ->
                timer.after(
                        rule.latencyMillis(),
                        () -> going.on().whenComplete((done, failure) -> {
                            StageEnd.passOn(answer, done, failure);
                        }));
            case HANG -> timer.after(HANG_MILLIS, () -> answer.completeExceptionally(error(rule, operation)));
            default -> answer.completeExceptionally(error(rule, operation));
        }
        return answer;
    }

    private boolean isMet(DoorRule rule) {
        return rule.probability() >= 1 || random.nextDouble() < rule.probability();
    }

    private static String service(String operation) {
        return OF_STREAMS.contains(operation) ? STREAMS : DYNAMODB;
    }

    private ServiceException error(DoorRule rule, String operation) {
        String message = rule.message();
        if (message.isEmpty()) {
            message = switch (rule.code()) {
                case "ProvisionedThroughputExceededException" ->
                    "The level of configured provisioned throughput for the table was exceeded. Consider increasing your "
                            + "provisioning level with the UpdateTable API.";
                case "ThrottlingException" -> "Rate of requests exceeds the allowed throughput.";
                case "InternalServerError" -> "Internal server error";
                case "AccessDeniedException" ->
                    "User: arn:aws:iam::000000000000:user/any is not authorized to perform: dynamodb:" + operation
                            + " on resource: arn:aws:dynamodb:" + region + ":000000000000:table/"
                            + (rule.table().isEmpty() ? "*" : rule.table())
                            + " because no identity-based policy allows the dynamodb:" + operation + " action";
                default -> "Failing as per Fault Injection configuration";
            };
        }
        return new ServiceException(type(rule.code()), rule.statusCode(), message, Map.of());
    }

    private static String type(String code) {
        return switch (code) {
            case "InternalServerError",
                    "ProvisionedThroughputExceededException",
                    "RequestLimitExceeded",
                    "ResourceNotFoundException" -> "com.amazonaws.dynamodb.v20120810#" + code;
            case "ThrottlingException" -> "com.amazon.coral.availability#" + code;
            default -> "com.amazon.coral.service#" + code;
        };
    }

    /** Whether a request names the table, wherever operations name theirs. */
    private static boolean isAbout(String table, byte[] body) {
        try (JsonParser json = JSON.createParser(body)) {
            for (JsonToken token = json.nextToken(); token != null; token = json.nextToken()) {
                boolean isName = token == JsonToken.VALUE_STRING
                        && "TableName".equals(json.currentName())
                        && names(json.getText(), table);
                boolean isBatch = token == JsonToken.FIELD_NAME
                        && json.getParsingContext().getParent() != null
                        && "RequestItems"
                                .equals(json.getParsingContext().getParent().getCurrentName())
                        && names(json.currentName(), table);
                if (isName || isBatch) {
                    return true;
                }
            }
            return false;
        } catch (IOException malformed) {
            return false;
        }
    }

    private static boolean names(String given, String table) {
        return given.equals(table) || given.endsWith(":table/" + table);
    }
}

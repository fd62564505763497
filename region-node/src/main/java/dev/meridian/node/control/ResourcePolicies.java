package dev.meridian.node.control;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.meridian.node.catalogue.CatalogueEvent;
import dev.meridian.node.catalogue.TableSettings;
import dev.meridian.node.catalogue.TableState;
import dev.meridian.table.model.ServiceException;
import dev.meridian.table.model.Struct;
import dev.meridian.table.operation.Answer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/**
 * Resource policies of tables: kept and given back. Nobody is identified within an account, so they decide only what other accounts
 * may do.
 */
final class ResourcePolicies {

    private static final JsonFactory JSON = new JsonFactory();
    private static final int POLICY_BYTES_MAX = 20 * 1024;
    private static final String NO_POLICY = "NO_POLICY";

    private final ControlSetting setting;

    ResourcePolicies(ControlSetting setting) {
        this.setting = setting;
    }

    static Map<String, Function<ControlSetting, ControlOperation>> operations() {
        return Map.of(
                "PutResourcePolicy",
                setting -> new ResourcePolicies(setting)::put,
                "GetResourcePolicy",
                setting -> new ResourcePolicies(setting)::get,
                "DeleteResourcePolicy",
                setting -> new ResourcePolicies(setting)::delete);
    }

    private CompletionStage<byte[]> put(Struct request) {
        String policy = request.requiredText("Policy");
        checkPolicy(policy);
        long nowMillis = setting.clock().millis();
        String revision = Long.toString(nowMillis);
        return setting.writer()
                .change(state -> {
                    TableState table = setting.existing(state, request.requiredText("ResourceArn"));
                    checkRevision(table, request);
                    return List.of(new CatalogueEvent.SettingsChanged(
                            table.globalId(),
                            ReplicationPolicy.applied(
                                    table,
                                    table.settings()
                                            .with(TableSettings.RESOURCE_POLICY, policy)
                                            .with(TableSettings.RESOURCE_POLICY_REVISION, revision),
                                    nowMillis)));
                })
                .thenApply(state -> Answer.of(json -> json.writeStringField("RevisionId", revision)));
    }

    private CompletionStage<byte[]> get(Struct request) {
        String arn = request.requiredText("ResourceArn");
        TableSettings settings = setting.existing(arn).settings();
        String policy = settings.get(TableSettings.RESOURCE_POLICY).orElseThrow(() -> notFound(arn));
        return CompletableFuture.completedFuture(Answer.of(json -> {
            json.writeStringField("Policy", policy);
            json.writeStringField(
                    "RevisionId",
                    settings.get(TableSettings.RESOURCE_POLICY_REVISION).orElse(""));
        }));
    }

    private CompletionStage<byte[]> delete(Struct request) {
        String[] revision = new String[1];
        return setting.writer()
                .change(state -> {
                    TableState table = setting.existing(state, request.requiredText("ResourceArn"));
                    checkRevision(table, request);
                    Optional<String> last = table.settings().get(TableSettings.RESOURCE_POLICY_REVISION);
                    revision[0] = last.orElse("");
                    return last.isEmpty()
                            ? List.of()
                            : List.of(new CatalogueEvent.SettingsChanged(
                                    table.globalId(),
                                    ReplicationPolicy.applied(
                                            table,
                                            table.settings()
                                                    .without(TableSettings.RESOURCE_POLICY)
                                                    .without(TableSettings.RESOURCE_POLICY_REVISION),
                                            setting.clock().millis())));
                })
                .thenApply(state -> Answer.of(json -> {
                    if (!revision[0].isEmpty()) {
                        json.writeStringField("RevisionId", revision[0]);
                    }
                }));
    }

    private static void checkRevision(TableState table, Struct request) {
        String expected = request.text("ExpectedRevisionId");
        String current =
                table.settings().get(TableSettings.RESOURCE_POLICY_REVISION).orElse(NO_POLICY);
        if (expected != null && !expected.equals(current)) {
            throw ServiceException.dynamodb(
                    "PolicyNotFoundException",
                    "Resource-based policy not found for the provided ResourceArn: Requested policy update for RevisionId: "
                            + expected + " does not match the current revision");
        }
    }

    private static ServiceException notFound(String arn) {
        return ServiceException.dynamodb(
                "PolicyNotFoundException", "Resource-based policy not found for the provided ResourceArn: " + arn);
    }

    /** Settings with the policy that a request to create a table gives, if it does. */
    static TableSettings withPolicy(TableSettings settings, Struct request, long nowMillis) {
        String policy = request.text("ResourcePolicy", "");
        return policy.isEmpty()
                ? settings
                : settings.with(TableSettings.RESOURCE_POLICY, policy)
                        .with(TableSettings.RESOURCE_POLICY_REVISION, Long.toString(nowMillis));
    }

    static void checkPolicy(String policy) {
        if (policy.getBytes(StandardCharsets.UTF_8).length > POLICY_BYTES_MAX) {
            throw ServiceException.validation("Resource-based policy size exceeds the limit of 20 KB");
        }
        try (JsonParser parser = JSON.createParser(policy)) {
            if (parser.nextToken() == JsonToken.START_OBJECT) {
                parser.skipChildren();
                if (parser.nextToken() == null) {
                    return;
                }
            }
        } catch (IOException malformed) {
            // Falls through to the refusal.
        }
        throw ServiceException.validation("The provided policy is not a valid JSON document");
    }
}

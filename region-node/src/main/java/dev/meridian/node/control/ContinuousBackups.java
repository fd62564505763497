package dev.meridian.node.control;

import dev.meridian.node.catalogue.TableArns;
import dev.meridian.table.model.ServiceException;
import dev.meridian.table.model.Struct;
import dev.meridian.table.operation.Answer;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/** Continuous backups of tables: point-in-time recovery is never on here. What turns it off is answered, what turns it on refused. */
final class ContinuousBackups {

    private final ControlSetting setting;

    ContinuousBackups(ControlSetting setting) {
        this.setting = setting;
    }

    static Map<String, Function<ControlSetting, ControlOperation>> operations() {
        return Map.of(
                "DescribeContinuousBackups",
                setting -> new ContinuousBackups(setting)::describe,
                "UpdateContinuousBackups",
                setting -> new ContinuousBackups(setting)::update);
    }

    private CompletionStage<byte[]> describe(Struct request) {
        String name = request.requiredText("TableName");
        if (setting.find(setting.catalogue().state(), name).isEmpty()) {
            throw ServiceException.dynamodb("TableNotFoundException", "Table not found: " + TableArns.nameIn(name));
        }
        return CompletableFuture.completedFuture(Answer.of(json -> {
            json.writeObjectFieldStart("ContinuousBackupsDescription");
            json.writeStringField("ContinuousBackupsStatus", "ENABLED");
            json.writeObjectFieldStart("PointInTimeRecoveryDescription");
            json.writeStringField("PointInTimeRecoveryStatus", "DISABLED");
            json.writeEndObject();
            json.writeEndObject();
        }));
    }

    private CompletionStage<byte[]> update(Struct request) {
        CompletionStage<byte[]> described = describe(request);
        if (Objects.requireNonNull(request.struct("PointInTimeRecoverySpecification"))
                .flag("PointInTimeRecoveryEnabled")) {
            throw ServiceException.validation(
                    "Meridian keeps no backups: point-in-time recovery cannot be enabled for this table");
        }
        return described;
    }
}

package dev.meridian.node.control;

import dev.meridian.node.catalogue.TableArns;
import dev.meridian.table.model.ServiceException;
import dev.meridian.table.model.Struct;
import dev.meridian.table.operation.Answer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** DescribeContinuousBackups: point-in-time recovery is never on here. */
final class DescribeContinuousBackups implements ControlOperation {

    private final ControlSetting setting;

    DescribeContinuousBackups(ControlSetting setting) {
        this.setting = setting;
    }

    @Override
    public CompletionStage<byte[]> run(Struct request) {
        String name = TableArns.nameIn(request.requiredText("TableName"));
        if (setting.catalogue().state().byName(name).isEmpty()) {
            throw ServiceException.dynamodb("TableNotFoundException", "Table not found: " + name);
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
}

package dev.meridian.node.control;

import dev.meridian.node.catalogue.TableSettings;
import dev.meridian.table.model.Struct;
import dev.meridian.table.operation.Answer;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** DescribeTimeToLive. */
final class DescribeTimeToLive implements ControlOperation {

    private final ControlSetting setting;

    DescribeTimeToLive(ControlSetting setting) {
        this.setting = setting;
    }

    @Override
    public CompletionStage<byte[]> run(Struct request) {
        Optional<String> attribute =
                setting.existing(request.requiredText("TableName")).settings().get(TableSettings.TIME_TO_LIVE);
        return CompletableFuture.completedFuture(Answer.of(json -> {
            json.writeObjectFieldStart("TimeToLiveDescription");
            json.writeStringField("TimeToLiveStatus", attribute.isPresent() ? "ENABLED" : "DISABLED");
            if (attribute.isPresent()) {
                json.writeStringField("AttributeName", attribute.get());
            }
            json.writeEndObject();
        }));
    }
}

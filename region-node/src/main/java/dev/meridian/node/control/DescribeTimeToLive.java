package dev.meridian.node.control;

import dev.meridian.table.model.Struct;
import dev.meridian.table.operation.Answer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** DescribeTimeToLive; always disabled, since UpdateTimeToLive is not served. */
final class DescribeTimeToLive implements ControlOperation {

    private final ControlSetting setting;

    DescribeTimeToLive(ControlSetting setting) {
        this.setting = setting;
    }

    @Override
    public CompletionStage<byte[]> run(Struct request) {
        setting.existing(request.requiredText("TableName"));
        return CompletableFuture.completedFuture(Answer.of(json -> {
            json.writeObjectFieldStart("TimeToLiveDescription");
            json.writeStringField("TimeToLiveStatus", "DISABLED");
            json.writeEndObject();
        }));
    }
}

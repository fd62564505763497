package dev.meridian.node.control;

import dev.meridian.table.model.Struct;
import dev.meridian.table.operation.Answer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** DescribeEndpoints. */
final class DescribeEndpoints implements ControlOperation {

    private static final int CACHE_MINUTES = 1_440;

    private final ControlSetting setting;

    DescribeEndpoints(ControlSetting setting) {
        this.setting = setting;
    }

    @Override
    public CompletionStage<byte[]> run(Struct request) {
        return CompletableFuture.completedFuture(Answer.of(json -> {
            json.writeArrayFieldStart("Endpoints");
            json.writeStartObject();
            json.writeStringField("Address", "dynamodb." + setting.region() + ".amazonaws.com");
            json.writeNumberField("CachePeriodInMinutes", CACHE_MINUTES);
            json.writeEndObject();
            json.writeEndArray();
        }));
    }
}

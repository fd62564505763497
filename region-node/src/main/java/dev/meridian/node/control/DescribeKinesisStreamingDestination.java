package dev.meridian.node.control;

import dev.meridian.table.model.Struct;
import dev.meridian.table.operation.Answer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** DescribeKinesisStreamingDestination: no table streams to Kinesis here. */
final class DescribeKinesisStreamingDestination implements ControlOperation {

    private final ControlSetting setting;

    DescribeKinesisStreamingDestination(ControlSetting setting) {
        this.setting = setting;
    }

    @Override
    public CompletionStage<byte[]> run(Struct request) {
        String name = setting.existing(request.requiredText("TableName")).name();
        return CompletableFuture.completedFuture(Answer.of(json -> {
            json.writeStringField("TableName", name);
            json.writeArrayFieldStart("KinesisDataStreamDestinations");
            json.writeEndArray();
        }));
    }
}

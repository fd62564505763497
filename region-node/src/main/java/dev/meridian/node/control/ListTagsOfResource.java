package dev.meridian.node.control;

import dev.meridian.node.catalogue.TableState;
import dev.meridian.table.model.Struct;
import dev.meridian.table.operation.Answer;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** ListTagsOfResource. */
final class ListTagsOfResource implements ControlOperation {

    private final ControlSetting setting;

    ListTagsOfResource(ControlSetting setting) {
        this.setting = setting;
    }

    @Override
    public CompletionStage<byte[]> run(Struct request) {
        TableState table = TaggedTable.of(setting, setting.catalogue().state(), request.requiredText("ResourceArn"));
        return CompletableFuture.completedFuture(Answer.of(json -> {
            json.writeArrayFieldStart("Tags");
            for (Map.Entry<String, String> tag : table.definition().tags().entrySet()) {
                json.writeStartObject();
                json.writeStringField("Key", tag.getKey());
                json.writeStringField("Value", tag.getValue());
                json.writeEndObject();
            }
            json.writeEndArray();
        }));
    }
}

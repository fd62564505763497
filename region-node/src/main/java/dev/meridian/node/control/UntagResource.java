package dev.meridian.node.control;

import dev.meridian.node.catalogue.CatalogueEvent;
import dev.meridian.node.catalogue.TableState;
import dev.meridian.table.model.Struct;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;

/** UntagResource. */
final class UntagResource implements ControlOperation {

    private final ControlSetting setting;

    UntagResource(ControlSetting setting) {
        this.setting = setting;
    }

    @Override
    public CompletionStage<byte[]> run(Struct request) {
        String arn = request.requiredText("ResourceArn");
        return setting.writer()
                .change(state -> {
                    TableState table = setting.existing(state, arn);
                    Map<String, String> tags =
                            new LinkedHashMap<>(table.definition().tags());
                    request.texts("TagKeys").forEach(tags::remove);
                    return List.of(new CatalogueEvent.TableTagged(table.globalId(), tags));
                })
                .thenApply(state -> new byte[0]);
    }
}

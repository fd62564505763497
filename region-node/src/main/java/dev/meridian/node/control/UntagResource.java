package dev.meridian.node.control;

import dev.meridian.node.catalogue.CatalogueEvent;
import dev.meridian.node.catalogue.TableState;
import dev.meridian.table.definition.TagRequest;
import dev.meridian.table.model.ServiceException;
import dev.meridian.table.model.Struct;
import java.util.List;
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
        List<String> keys = request.texts("TagKeys");
        if (keys.isEmpty()) {
            throw ServiceException.validation("Atleast one Tag Key needs to be provided as Input.");
        }
        return setting.writer()
                .change(state -> {
                    TableState table = TaggedTable.of(setting, state, arn);
                    return List.of(new CatalogueEvent.TableTagged(
                            table.globalId(),
                            TagRequest.without(table.definition().tags(), keys)));
                })
                .thenApply(state -> new byte[0]);
    }
}

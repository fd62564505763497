package dev.meridian.node.control;

import dev.meridian.node.catalogue.CatalogueEvent;
import dev.meridian.node.catalogue.TableState;
import dev.meridian.table.model.ServiceException;
import dev.meridian.table.model.Struct;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;

/** TagResource. */
final class TagResource implements ControlOperation {

    private static final int TAGS_MAX = 50;

    private final ControlSetting setting;

    TagResource(ControlSetting setting) {
        this.setting = setting;
    }

    @Override
    public CompletionStage<byte[]> run(Struct request) {
        String arn = request.requiredText("ResourceArn");
        return setting.writer()
                .change(state -> List.of(tag(setting.existing(state, arn), request.structs("Tags"))))
                .thenApply(state -> new byte[0]);
    }

    private static CatalogueEvent tag(TableState table, List<Struct> added) {
        Map<String, String> tags = new LinkedHashMap<>(table.definition().tags());
        for (Struct tag : added) {
            String key = tag.requiredText("Key");
            if (key.startsWith("aws:")) {
                throw ServiceException.validation(
                        "One or more parameter values were invalid: Tag keys starting with 'aws:' are reserved for system use");
            }
            tags.put(key, tag.requiredText("Value"));
        }
        if (tags.size() > TAGS_MAX) {
            throw ServiceException.validation("One or more parameter values were invalid: Too many tags, at most "
                    + TAGS_MAX + " are allowed on a resource");
        }
        return new CatalogueEvent.TableTagged(table.globalId(), tags);
    }
}

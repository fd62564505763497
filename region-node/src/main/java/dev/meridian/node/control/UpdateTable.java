package dev.meridian.node.control;

import dev.meridian.node.catalogue.TableArns;
import dev.meridian.node.catalogue.TableState;
import dev.meridian.table.model.Struct;
import java.util.concurrent.CompletionStage;

/** UpdateTable; what it means is decided by {@link UpdateTableRequest}. */
final class UpdateTable implements ControlOperation {

    private final ControlSetting setting;

    UpdateTable(ControlSetting setting) {
        this.setting = setting;
    }

    @Override
    public CompletionStage<byte[]> run(Struct request) {
        UpdateTableRequest update = UpdateTableRequest.parse(request, setting.region(), setting.regions());
        String name = TableArns.nameIn(request.requiredText("TableName"));
        return setting.writer()
                .change(state -> update.decide(ControlSetting.existing(state, name)))
                .thenApply(state -> {
                    TableState table = ControlSetting.existing(state, name);
                    return setting.describe(
                            "TableDescription", table, update.changesReplicas() ? "UPDATING" : "ACTIVE");
                });
    }
}

package dev.meridian.node.control;

import dev.meridian.node.catalogue.TableArns;
import dev.meridian.node.catalogue.TableState;
import dev.meridian.table.model.Struct;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

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
        return namesTakenAt(update.create())
                .thenCompose(taken ->
                        setting.writer().change(state -> update.decide(ControlSetting.existing(state, name), taken)))
                .thenApply(state -> {
                    TableState table = ControlSetting.existing(state, name);
                    return setting.describe(
                            "TableDescription", table, update.changesReplicas() ? "UPDATING" : "ACTIVE");
                });
    }

    /** A region that is cut off is asked when it can be reached: the replica is then made, or its creation fails. */
    private CompletionStage<List<String>> namesTakenAt(@Nullable String region) {
        return region == null
                ? CompletableFuture.completedFuture(List.of())
                : setting.peerTables().names(region).exceptionally(unreachable -> List.of());
    }
}

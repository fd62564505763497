package dev.meridian.node.control;

import dev.meridian.node.catalogue.TableArns;
import dev.meridian.node.catalogue.TableState;
import dev.meridian.table.model.Struct;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
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
        TableState[] before = new TableState[1];
        return namesTakenAt(update.newReplica())
                .thenCompose(taken -> setting.writer().change(state -> {
                    before[0] = ControlSetting.existing(state, name);
                    if (setting.updates().isUpdating(before[0].globalId())) {
                        throw UpdateTableRequest.inUse(before[0]);
                    }
                    return update.decide(
                            before[0], taken, setting.service(), setting.clock().millis());
                }))
                .thenApply(state -> {
                    TableState after = ControlSetting.existing(state, name);
                    setting.updates().began(after.globalId());
                    // The service's answer does not know the new replica yet.
                    return update.newReplica().isPresent()
                            ? setting.describe("TableDescription", after, "UPDATING", before[0].replicas())
                            : setting.describe("TableDescription", after, "UPDATING");
                });
    }

    /** A region that is cut off is asked when it can be reached: the replica is then made, or its creation fails. */
    private CompletionStage<List<String>> namesTakenAt(Optional<String> region) {
        return region.map(asked -> setting.peerTables().names(asked).exceptionally(unreachable -> List.of()))
                .orElseGet(() -> CompletableFuture.completedFuture(List.of()));
    }
}

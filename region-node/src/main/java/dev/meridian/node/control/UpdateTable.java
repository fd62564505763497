package dev.meridian.node.control;

import dev.meridian.node.catalogue.TableState;
import dev.meridian.node.stage.StageFailure;
import dev.meridian.replication.link.LinkException;
import dev.meridian.table.model.Struct;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;

/** UpdateTable; what it means is decided by {@link UpdateTableRequest}. */
final class UpdateTable implements ControlOperation {

    private final ControlSetting setting;

    UpdateTable(ControlSetting setting) {
        this.setting = setting;
    }

    @Override
    public CompletionStage<byte[]> run(Struct request) {
        String name = request.requiredText("TableName");
        Optional<TableState> known = setting.find(setting.catalogue().state(), name);
        boolean isStrong = known.isPresent() && known.get().schema().isStrong();
        UpdateTableRequest update = UpdateTableRequest.parse(request, setting.region(), setting.regions(), isStrong);
        TableState[] before = new TableState[1];
        return settled(update, known)
                .thenCompose(settled -> namesTakenAt(update.newReplicas()))
                .thenCompose(taken -> setting.writer().change(state -> {
                    before[0] = setting.existing(state, name);
                    if (setting.updates().isUpdating(before[0].globalId())) {
                        throw UpdateTableRequest.inUse(before[0]);
                    }
                    return update.decide(before[0], taken, setting);
                }))
                .thenApply(state -> {
                    TableState after = setting.existing(state, name);
                    setting.updates().began(after.globalId());
                    // The service's answer does not know the new replica yet.
                    return update.newReplicas().isEmpty()
                            ? setting.describe("TableDescription", after, "UPDATING")
                            : setting.describe("TableDescription", after, "UPDATING", before[0].replicas());
                });
    }

    /** What is agreed on is brought here before the others go. */
    private CompletionStage<Void> settled(UpdateTableRequest update, Optional<TableState> table) {
        return update.endsStrong() && table.isPresent() && table.get().schema().isStrong()
                ? setting.settling().settle(table.get().schema())
                : CompletableFuture.completedFuture(null);
    }

    /** A region that cannot be reached is asked later: when it can be, the replica is made, or its creation fails. */
    private CompletionStage<List<String>> namesTakenAt(List<String> regions) {
        CompletionStage<List<String>> names = CompletableFuture.completedFuture(List.of());
        for (String region : regions) {
            CompletionStage<List<String>> there =
                    setting.peerTables().names(region).exceptionallyCompose(UpdateTable::noneIfUnreachable);
            names = names.thenCombine(
                    there, (a, b) -> Stream.concat(a.stream(), b.stream()).toList());
        }
        return names;
    }

    private static CompletionStage<List<String>> noneIfUnreachable(Throwable failure) {
        return StageFailure.of(failure) instanceof LinkException
                ? CompletableFuture.completedFuture(List.of())
                : CompletableFuture.failedFuture(failure);
    }
}

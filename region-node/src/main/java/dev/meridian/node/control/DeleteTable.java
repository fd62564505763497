package dev.meridian.node.control;

import dev.meridian.node.catalogue.CatalogueEvent;
import dev.meridian.node.catalogue.TableState;
import dev.meridian.table.model.ServiceException;
import dev.meridian.table.model.Struct;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** DeleteTable: of a global table only this region's replica goes. */
final class DeleteTable implements ControlOperation {

    private final ControlSetting setting;

    DeleteTable(ControlSetting setting) {
        this.setting = setting;
    }

    @Override
    public CompletionStage<byte[]> run(Struct request) {
        String name = request.requiredText("TableName");
        TableState[] deleted = new TableState[1];
        return setting.writer()
                .change(state -> {
                    deleted[0] = setting.existing(state, name);
                    return decide(deleted[0]);
                })
                .thenApply(state -> setting.describe("TableDescription", deleted[0], "DELETING"));
    }

    private List<CatalogueEvent> decide(TableState table) {
        if (table.definition().deletionProtection()) {
            throw ServiceException.validation("Resource cannot be deleted as it is currently protected against "
                    + "deletion. Disable deletion protection first.");
        }
        if (table.status() != TableState.Status.ACTIVE) {
            throw ServiceException.dynamodb(
                    "ResourceInUseException",
                    "Attempt to change a resource which is still in use: Table is being "
                            + (table.status() == TableState.Status.CREATING ? "created: " : "deleted: ")
                            + table.name());
        }
        if (table.schema().isStrong()) {
            throw StrongUpdate.onlyOne();
        }
        if (table.isChangingReplicas()) {
            throw ServiceException.dynamodb(
                    "ResourceInUseException",
                    "Attempt to change a resource which is still in use: Table is being updated: " + table.name());
        }
        ReplicaUpdate.refuseSource(
                table, setting.region(), setting.service(), setting.clock().millis());
        return List.of(new CatalogueEvent.StatusChanged(table.globalId(), TableState.Status.DELETING));
    }
}

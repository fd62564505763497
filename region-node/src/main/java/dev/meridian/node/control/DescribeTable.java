package dev.meridian.node.control;

import dev.meridian.node.catalogue.TableState;
import dev.meridian.table.model.Struct;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** DescribeTable. */
final class DescribeTable implements ControlOperation {

    private final ControlSetting setting;

    DescribeTable(ControlSetting setting) {
        this.setting = setting;
    }

    @Override
    public CompletionStage<byte[]> run(Struct request) {
        TableState table = setting.existing(request.requiredText("TableName"));
        return CompletableFuture.completedFuture(setting.describe("Table", table));
    }
}

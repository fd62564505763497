package dev.meridian.node.control;

import dev.meridian.node.catalogue.CatalogueEvent;
import dev.meridian.node.catalogue.CatalogueState;
import dev.meridian.node.catalogue.TableArns;
import dev.meridian.node.settings.ServiceTimes;
import dev.meridian.table.definition.CreateTableRequest;
import dev.meridian.table.definition.TableDefinition;
import dev.meridian.table.model.ServiceException;
import dev.meridian.table.model.Struct;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** CreateTable: a table here and, where the setting says so, replicas everywhere. */
final class CreateTable implements ControlOperation {

    private final ControlSetting setting;

    CreateTable(ControlSetting setting) {
        this.setting = setting;
    }

    @Override
    public CompletionStage<byte[]> run(Struct request) {
        TableDefinition definition = CreateTableRequest.parse(request);
        String globalId = setting.ids().get();
        return setting.writer()
                .change(state -> decide(state, definition, globalId))
                .thenApply(state -> setting.describe(
                        "TableDescription", state.byGlobalId(globalId).orElseThrow(), "CREATING"));
    }

    private List<CatalogueEvent> decide(CatalogueState state, TableDefinition definition, String globalId) {
        if (state.byName(definition.name()).isPresent()) {
            throw ServiceException.dynamodb("ResourceInUseException", "Table already exists: " + definition.name());
        }
        boolean isGlobal = setting.newReplicas().size() > 1;
        List<CatalogueEvent> events = new ArrayList<>();
        TableDefinition made = isGlobal && definition.streamView().isEmpty()
                ? definition.withStreamView("NEW_AND_OLD_IMAGES")
                : definition;
        long nowMillis = setting.clock().millis();
        events.add(new CatalogueEvent.TableCreated(
                globalId,
                made,
                state.lastNumber() + 1,
                setting.ids().get(),
                TableArns.of(setting.region(), definition.name()),
                setting.partitionsPerTable(),
                nowMillis));
        if (!made.streamView().isEmpty()) {
            events.add(new CatalogueEvent.StreamStarted(globalId, made.streamView(), nowMillis));
        }
        if (setting.service().controlPlaneMillis(ServiceTimes.TABLE_CREATION) == 0) {
            events.addAll(NewTable.ready(globalId, setting.region(), setting.newReplicas()));
        }
        return events;
    }
}

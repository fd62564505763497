package dev.meridian.node.control;

import dev.meridian.node.catalogue.AccountSettings;
import dev.meridian.node.catalogue.CatalogueEvent;
import dev.meridian.node.catalogue.CatalogueState;
import dev.meridian.node.catalogue.TableArns;
import dev.meridian.node.catalogue.TableSettings;
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
        if (request.has("GlobalTableSourceArn")) {
            return new AssociatedTable(setting).run(request);
        }
        TableDefinition definition = CreateTableRequest.parse(request);
        TableSettings settings = settings(request);
        String globalId = setting.ids().get();
        return setting.writer()
                .change(state -> decide(state, definition, settings, globalId))
                .thenApply(state -> setting.describe(
                        "TableDescription", state.byGlobalId(globalId).orElseThrow(), "CREATING"));
    }

    private TableSettings settings(Struct request) {
        String mode = request.text("GlobalTableSettingsReplicationMode", AccountSettings.WITH_OVERRIDES);
        if (request.has("ResourcePolicy")) {
            ResourcePolicies.checkPolicy(request.requiredText("ResourcePolicy"));
        }
        TableSettings founded =
                AccountSettings.foundedBy(TableSettings.NONE, setting.caller().account());
        return ResourcePolicies.withPolicy(
                AccountSettings.inMode(founded, mode), request, setting.clock().millis());
    }

    static ServiceException exists(String name) {
        return ServiceException.dynamodb("ResourceInUseException", "Table already exists: " + name);
    }

    private List<CatalogueEvent> decide(
            CatalogueState state, TableDefinition definition, TableSettings settings, String globalId) {
        String account = setting.caller().account();
        String commonName = AccountSettings.commonName(settings, definition.name());
        if (state.byName(account, definition.name())
                .or(() -> state.byCommonName(commonName))
                .isPresent()) {
            throw exists(definition.name());
        }
        List<String> replicas = NewTable.replicas(settings, setting.region(), setting.newReplicas());
        boolean isGlobal = replicas.size() > 1;
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
                TableArns.of(setting.region(), account, definition.name()),
                setting.partitionsPerTable(),
                nowMillis));
        if (!settings.equals(TableSettings.NONE)) {
            events.add(new CatalogueEvent.SettingsChanged(globalId, settings));
        }
        if (!made.streamView().isEmpty()) {
            events.add(new CatalogueEvent.StreamStarted(globalId, made.streamView(), nowMillis));
        }
        if (setting.service().controlPlaneMillis(ServiceTimes.TABLE_CREATION) == 0) {
            events.addAll(NewTable.ready(globalId, setting.region(), replicas));
        }
        return events;
    }
}

package dev.meridian.node.control;

import dev.meridian.node.catalogue.CatalogueEvent;
import dev.meridian.node.catalogue.TableSettings;
import dev.meridian.node.catalogue.TableState;
import dev.meridian.table.model.ServiceException;
import dev.meridian.table.model.Struct;
import dev.meridian.table.operation.Answer;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletionStage;

/** UpdateTimeToLive: which attribute says when an item expires. */
final class UpdateTimeToLive implements ControlOperation {

    private static final Duration ONCE_IN = Duration.ofHours(1);

    private final ControlSetting setting;

    UpdateTimeToLive(ControlSetting setting) {
        this.setting = setting;
    }

    @Override
    public CompletionStage<byte[]> run(Struct request) {
        String name = request.requiredText("TableName");
        Struct specification = Objects.requireNonNull(request.struct("TimeToLiveSpecification"));
        boolean isEnabled = specification.flag("Enabled");
        String attribute = specification.requiredText("AttributeName");
        return setting.writer()
                .change(state -> List.of(decide(setting.existing(state, name), isEnabled, attribute)))
                .thenApply(state -> Answer.of(json -> {
                    json.writeObjectFieldStart("TimeToLiveSpecification");
                    json.writeBooleanField("Enabled", isEnabled);
                    json.writeStringField("AttributeName", attribute);
                    json.writeEndObject();
                }));
    }

    private CatalogueEvent decide(TableState table, boolean isEnabled, String attribute) {
        if (table.status() != TableState.Status.ACTIVE) {
            throw ServiceException.dynamodb(
                    "ResourceNotFoundException", "Requested resource not found: Table: " + table.name() + " not found");
        }
        if (table.schema().isStrong()) {
            throw ServiceException.validation(
                    "Time to live is not supported for global tables with MultiRegionConsistency set to STRONG");
        }
        String current = table.settings().get(TableSettings.TIME_TO_LIVE).orElse("");
        if (!current.isEmpty() && !current.equals(attribute)) {
            throw ServiceException.validation(
                    "TimeToLive is active on a different AttributeName: current AttributeName is " + current);
        }
        if (isEnabled == !current.isEmpty()) {
            throw ServiceException.validation("TimeToLive is already " + (isEnabled ? "enabled" : "disabled"));
        }
        long nowMillis = setting.clock().millis();
        long changed = table.settings()
                .get(TableSettings.TIME_TO_LIVE_CHANGED)
                .map(Long::parseLong)
                .orElse(Long.MIN_VALUE);
        if (changed > nowMillis - setting.service().controlPlaneMillis(ONCE_IN.toMillis())) {
            throw ServiceException.validation("Time to live has been modified multiple times within a fixed interval");
        }
        TableSettings settings = isEnabled
                ? table.settings().with(TableSettings.TIME_TO_LIVE, attribute)
                : table.settings().without(TableSettings.TIME_TO_LIVE);
        return new CatalogueEvent.SettingsChanged(
                table.globalId(), settings.with(TableSettings.TIME_TO_LIVE_CHANGED, Long.toString(nowMillis)));
    }
}

package dev.meridian.node.control;

import dev.meridian.node.catalogue.CatalogueEvent;
import dev.meridian.node.catalogue.TableState;
import dev.meridian.table.model.ServiceException;
import dev.meridian.table.model.Struct;

/**
 * A stream turned on or off by UpdateTable. Texts as the live service gives them.
 *
 * @param view the view type; empty to turn the stream off
 */
record StreamChange(String view) {

    private static final String INVALID = "One or more parameter values were invalid: ";

    static StreamChange parse(Struct specification) {
        boolean isEnabled = specification.flag("StreamEnabled");
        String view = specification.text("StreamViewType", "");
        if (isEnabled && view.isEmpty()) {
            throw ServiceException.validation(INVALID + "If stream is being enabled then UpdateViewType is required");
        }
        if (!isEnabled && !view.isEmpty()) {
            throw ServiceException.validation(
                    INVALID + "If stream is being disabled, then UpdateViewType must not be specified");
        }
        return new StreamChange(view);
    }

    CatalogueEvent decide(TableState table, long nowMillis) {
        if (table.stream().isPresent() && !view.isEmpty()) {
            throw ServiceException.validation("Table already has an enabled stream: TableName: " + table.name());
        }
        if (table.stream().isEmpty() && view.isEmpty()) {
            throw ServiceException.validation("Table has no stream to disable: TableName: " + table.name());
        }
        if (view.isEmpty() && !table.replicas().isEmpty() && !table.schema().isStrong()) {
            throw ServiceException.validation("Disabling Stream is not allowed for a Global Table replica.");
        }
        return view.isEmpty()
                ? new CatalogueEvent.StreamEnded(table.globalId(), nowMillis)
                : new CatalogueEvent.StreamStarted(table.globalId(), view, nowMillis);
    }
}

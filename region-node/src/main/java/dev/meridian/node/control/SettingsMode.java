package dev.meridian.node.control;

import dev.meridian.node.catalogue.AccountSettings;
import dev.meridian.node.catalogue.TableSettings;
import dev.meridian.node.catalogue.TableState;
import dev.meridian.table.model.ServiceException;

/** How a table's settings are replicated: {@code ENABLED} among accounts, {@code ENABLED_WITH_OVERRIDES} within one. */
final class SettingsMode {

    private SettingsMode() {}

    /** The settings of a table that is to have another mode. */
    static TableSettings changed(TableState table, String mode) {
        if (table.isOfSeveralAccounts() && !mode.equals(AccountSettings.ENABLED)) {
            throw ServiceException.validation(
                    "GlobalTableSettingsReplicationMode of a multi-account global table must be ENABLED");
        }
        boolean isOfOne = !table.replicas().isEmpty() && !table.isOfSeveralAccounts();
        if (isOfOne && !mode.equals(AccountSettings.WITH_OVERRIDES)) {
            throw ServiceException.validation(
                    "GlobalTableSettingsReplicationMode of a global table of one account must be "
                            + AccountSettings.WITH_OVERRIDES);
        }
        return AccountSettings.inMode(table.settings(), mode);
    }

    /** The settings of a table that gets a replica of its own account in that region. */
    static TableSettings ofOneAccount(TableState table, String region) {
        if (AccountSettings.mode(table.settings()).equals("DISABLED")) {
            throw ServiceException.validation(
                    "Meridian does not serve replicas with GlobalTableSettingsReplicationMode "
                            + "DISABLED: global tables replicate their settings");
        }
        TableSettings alone = AccountSettings.authorized(table.settings(), table.region());
        return AccountSettings.inMode(
                AccountSettings.with(alone, region, table.account()), AccountSettings.WITH_OVERRIDES);
    }

    /** What is refused of tables that have replicas of other accounts, or may get them. */
    static void refuse(TableState table, UpdateTableRequest update) {
        if (!update.replicas().isEmpty() && table.isOfSeveralAccounts()) {
            throw ServiceException.validation("ReplicaUpdates are not supported for multi-account global tables: use "
                    + "CreateTable with GlobalTableSourceArn and DeleteTable in the replica's account");
        }
        if (update.strong() != null && !AccountSettings.mode(table.settings()).equals(AccountSettings.WITH_OVERRIDES)) {
            throw ServiceException.validation("MultiRegionConsistency STRONG is supported for global tables of one "
                    + "account only, with GlobalTableSettingsReplicationMode " + AccountSettings.WITH_OVERRIDES);
        }
    }
}

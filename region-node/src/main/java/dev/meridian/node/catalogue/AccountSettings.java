package dev.meridian.node.catalogue;

import dev.meridian.node.account.Accounts;

/** Whose a table's replicas are, as it stands in its settings; every replica knows it of all. */
public final class AccountSettings {

    private static final String FOUNDER = "account";
    private static final String PREFIX = "account/";
    private static final String UNAUTHORIZED = "unauthorized/";
    private static final String MODE = "settings-replication";

    /** How settings are replicated among replicas of several accounts. */
    public static final String ENABLED = "ENABLED";

    /** How they are among replicas of one account. */
    public static final String WITH_OVERRIDES = "ENABLED_WITH_OVERRIDES";

    private AccountSettings() {}

    static boolean isOne(String setting) {
        return setting.equals(FOUNDER)
                || setting.equals(MODE)
                || setting.startsWith(PREFIX)
                || setting.startsWith(UNAUTHORIZED);
    }

    /** The account that created the table. */
    public static String founder(TableSettings settings) {
        return settings.get(FOUNDER).orElse(Accounts.USUAL);
    }

    /** What regions call a table of that name among themselves: the name, after its founder unless that is the usual account. */
    public static String commonName(TableSettings settings, String name) {
        return qualified(founder(settings), name);
    }

    /** A table's name, after its account unless that is the usual one. */
    public static String qualified(String account, String name) {
        return account.equals(Accounts.USUAL) ? name : account + "/" + name;
    }

    /** The settings of a table that an account creates. */
    public static TableSettings foundedBy(TableSettings settings, String account) {
        return account.equals(Accounts.USUAL) ? settings : settings.with(FOUNDER, account);
    }

    /** The account whose replica the one in that region is, or would be. */
    public static String in(TableSettings settings, String region) {
        return settings.get(PREFIX + region).orElse(founder(settings));
    }

    /** The settings where the replica in that region is an account's. */
    public static TableSettings with(TableSettings settings, String region, String account) {
        TableSettings known = settings.without(UNAUTHORIZED + region);
        return account.equals(founder(settings))
                ? known.without(PREFIX + region)
                : known.with(PREFIX + region, account);
    }

    /** The settings where the policy of the replica in that region lets the service replicate, or does not. */
    public static TableSettings authorized(TableSettings settings, String region, boolean isAllowed) {
        return isAllowed ? settings.without(UNAUTHORIZED + region) : settings.with(UNAUTHORIZED + region, "");
    }

    /** Whether the policy of the replica in that region stops replication. */
    static boolean isUnauthorized(TableSettings settings, String region) {
        return settings.get(UNAUTHORIZED + region).isPresent();
    }

    /** How the table's settings are replicated. */
    public static String mode(TableSettings settings) {
        return settings.get(MODE).orElse(WITH_OVERRIDES);
    }

    /** The settings with that mode. */
    public static TableSettings inMode(TableSettings settings, String mode) {
        return mode.equals(WITH_OVERRIDES) ? settings.without(MODE) : settings.with(MODE, mode);
    }
}

package dev.meridian.node.catalogue;

import dev.meridian.node.account.Accounts;
import dev.meridian.table.definition.TableDefinition;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Whose a table's replicas are, as it stands in its settings; every replica knows it of all. */
public final class AccountSettings {

    private static final String FOUNDER = "account";
    private static final String PREFIX = "account/";
    private static final String UNAUTHORIZED = "unauthorized/";
    private static final String MODE = "settings-replication";
    private static final String JOINING = "joining/";
    private static final String JOINING_POLICY = "joining-policy/";

    /** How settings are replicated among replicas of several accounts. */
    public static final String ENABLED = "ENABLED";

    /** How they are among replicas of one account. */
    public static final String WITH_OVERRIDES = "ENABLED_WITH_OVERRIDES";

    private AccountSettings() {}

    static boolean isOne(String setting) {
        return setting.equals(FOUNDER)
                || setting.equals(MODE)
                || setting.startsWith(PREFIX)
                || setting.startsWith(UNAUTHORIZED)
                || setting.startsWith(JOINING)
                || setting.startsWith(JOINING_POLICY);
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
        TableSettings known = joined(settings, region).without(UNAUTHORIZED + region);
        return account.equals(founder(settings))
                ? known.without(PREFIX + region)
                : known.with(PREFIX + region, account);
    }

    /**
     * The settings where the replica that is to be made in that region is to have what its account asked for. It stays with the table
     * until the region has made the replica, so that nothing of it is lost with an answer.
     *
     * @param own holds what an account sets for its own replica
     * @param policy the replica's resource policy; empty: none
     */
    public static TableSettings joining(TableSettings settings, String region, TableDefinition own, String policy) {
        TableSettings asked = settings.with(JOINING + region, new String(own.toRequest(), StandardCharsets.UTF_8));
        return policy.isEmpty() ? asked : asked.with(JOINING_POLICY + region, policy);
    }

    /** What the account in that region asked for where its replica is not made yet: a definition for {@code ownedAs}. */
    static Optional<TableDefinition> asked(TableSettings settings, String region) {
        return settings.get(JOINING + region)
                .map(own -> TableDefinition.fromRequest(own.getBytes(StandardCharsets.UTF_8)));
    }

    /** The settings of the replica that has just been made in that region, with the policy that was asked for. */
    static TableSettings made(TableSettings settings, String region, long nowMillis) {
        TableSettings joined = joined(settings, region);
        return settings.get(JOINING_POLICY + region)
                .map(policy -> joined.with(TableSettings.RESOURCE_POLICY, policy)
                        .with(TableSettings.RESOURCE_POLICY_REVISION, Long.toString(nowMillis)))
                .orElse(joined);
    }

    private static TableSettings joined(TableSettings settings, String region) {
        return settings.without(JOINING + region).without(JOINING_POLICY + region);
    }

    /** The settings where the policy of the replica in that region lets the service replicate. */
    public static TableSettings authorized(TableSettings settings, String region) {
        return settings.without(UNAUTHORIZED + region);
    }

    /** The settings where it does not, from now on or from when it did so first. */
    public static TableSettings denied(TableSettings settings, String region, long nowMillis) {
        return isUnauthorized(settings, region)
                ? settings
                : settings.with(UNAUTHORIZED + region, Long.toString(nowMillis));
    }

    /** The settings of a table that has no other replica any more. */
    static TableSettings alone(TableSettings settings) {
        TableSettings alone = settings;
        for (String name : settings.values().keySet()) {
            if (name.startsWith(UNAUTHORIZED) || name.startsWith(JOINING) || name.startsWith(JOINING_POLICY)) {
                alone = alone.without(name);
            }
        }
        return alone;
    }

    /** Whether the policy of the replica in that region stops replication. */
    static boolean isUnauthorized(TableSettings settings, String region) {
        return settings.get(UNAUTHORIZED + region).isPresent();
    }

    /** Since when it does, in milliseconds since 1970 UTC; empty where it does not. */
    public static Optional<Long> deniedSince(TableSettings settings, String region) {
        return settings.get(UNAUTHORIZED + region).map(Long::valueOf);
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

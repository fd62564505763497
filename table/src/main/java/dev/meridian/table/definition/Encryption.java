package dev.meridian.table.definition;

/**
 * How a table is encrypted at rest, as it was asked for; nothing here encrypts.
 *
 * @param managed whether with a key of KMS rather than the service's own
 * @param key the key as it was named, or empty for the account's standard one
 */
public record Encryption(boolean managed, String key) {

    /** With the service's own key. */
    public static final Encryption STANDARD = new Encryption(false, "");
}

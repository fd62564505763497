package dev.meridian.node.account;

/** Accounts by what clients sign with. Nobody is identified: an access key of twelve digits is an account, any other is the usual one. */
public final class Accounts {

    /** The account of whoever names none. */
    public static final String USUAL = "000000000000";

    private static final int DIGITS = 12;

    private Accounts() {}

    /** The account of an access key. */
    public static String ofAccessKey(String key) {
        return isOne(key) ? key : USUAL;
    }

    /** Whether a text is an account's number. */
    public static boolean isOne(String text) {
        return text.length() == DIGITS && text.chars().allMatch(digit -> digit >= '0' && digit <= '9');
    }
}

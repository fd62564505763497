package dev.meridian.node.catalogue;

import dev.meridian.node.account.Accounts;
import java.util.Optional;

/** Names of tables as ARNs. */
public final class TableArns {

    private static final int PARTS = 6;

    private TableArns() {}

    /**
     * What a table's ARN says.
     *
     * @param table the table's name
     */
    public record Parts(String region, String account, String table) {

        public String arn() {
            return of(region, account, table);
        }
    }

    public static String of(String region, String account, String table) {
        return "arn:aws:dynamodb:" + region + ":" + account + ":table/" + table;
    }

    /** What a table's ARN says; empty where the text is none. */
    public static Optional<Parts> parse(String arn) {
        String[] parts = arn.split(":", PARTS);
        return parts.length == PARTS
                        && arn.startsWith("arn:aws:dynamodb:")
                        && Accounts.isOne(parts[4])
                        && parts[5].startsWith("table/")
                ? Optional.of(new Parts(parts[3], parts[4], parts[5].substring("table/".length())))
                : Optional.empty();
    }

    /** The region of a table's ARN. */
    static String regionIn(String arn) {
        return arn.split(":", PARTS)[3];
    }

    /** The account of a table's ARN. */
    static String accountIn(String arn) {
        return arn.split(":", PARTS)[4];
    }

    /** The table's name in a name or an ARN. */
    public static String nameIn(String nameOrArn) {
        int slash = nameOrArn.indexOf(":table/");
        return slash < 0 ? nameOrArn : nameOrArn.substring(slash + ":table/".length());
    }
}

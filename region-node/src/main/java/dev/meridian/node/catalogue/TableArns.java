package dev.meridian.node.catalogue;

/** Names of tables as ARNs. One account stands for all. */
public final class TableArns {

    private static final String ACCOUNT = "000000000000";

    private TableArns() {}

    public static String of(String region, String table) {
        return "arn:aws:dynamodb:" + region + ":" + ACCOUNT + ":table/" + table;
    }

    /** The region of a table's ARN. */
    static String regionIn(String arn) {
        return arn.split(":", 6)[3];
    }

    /** The table's name in a name or an ARN. */
    public static String nameIn(String nameOrArn) {
        int slash = nameOrArn.indexOf(":table/");
        return slash < 0 ? nameOrArn : nameOrArn.substring(slash + ":table/".length());
    }
}

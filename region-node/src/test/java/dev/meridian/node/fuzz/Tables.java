package dev.meridian.node.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import dev.meridian.node.wire.WireTarget;
import java.util.Set;
import java.util.TreeSet;

/** Two tables alike: requests go to the open one first; what it refuses goes to the kept one, and must not change that. */
final class Tables {

    private static final String DEFINITION = """
            {"TableName":"%s","BillingMode":"PAY_PER_REQUEST","AttributeDefinitions":[
             {"AttributeName":"p","AttributeType":"S"},{"AttributeName":"s","AttributeType":"N"},
             {"AttributeName":"l","AttributeType":"S"},{"AttributeName":"g","AttributeType":"S"}],
             "KeySchema":[{"AttributeName":"p","KeyType":"HASH"},{"AttributeName":"s","KeyType":"RANGE"}],
             "LocalSecondaryIndexes":[{"IndexName":"by-l","KeySchema":[{"AttributeName":"p","KeyType":"HASH"},
             {"AttributeName":"l","KeyType":"RANGE"}],"Projection":{"ProjectionType":"ALL"}}],
             "GlobalSecondaryIndexes":[{"IndexName":"by-g","KeySchema":[{"AttributeName":"g","KeyType":"HASH"},
             {"AttributeName":"s","KeyType":"RANGE"}],"Projection":{"ProjectionType":"KEYS_ONLY"}}],
             "StreamSpecification":{"StreamEnabled":true,"StreamViewType":"NEW_AND_OLD_IMAGES"}}""";

    private static final String ITEM = """
            {"p":{"S":"%s"},"s":{"N":"%d"},"l":{"S":"x%d"},"g":{"S":"y"},"a":{"N":"1"},"n":{"NS":["1","2"]},
             "m":{"M":{"a":{"L":[{"N":"1"},{"S":"b"}]},"b":{"BOOL":true}}},"z":{"SS":["a","b"]},"b":{"B":"YWJj"}}""";

    private static final int LOOKS_MAX = 20_000;

    private final String open = WireTarget.freshName();
    private final String kept = WireTarget.freshName();
    private final Set<String> foreign =
            new TreeSet<>(WireTarget.sdk().listTables().tableNames());

    Tables() {
        create(open);
        create(kept);
    }

    String open() {
        return open;
    }

    String kept() {
        return kept;
    }

    /** All that a refused request to the kept table must leave as it is. */
    String state() {
        String described = WireTarget.answer("DescribeTable", "{\"TableName\":\"" + kept + "\"}");
        String arn =
                WireTarget.sdk().describeTable(of -> of.tableName(kept)).table().tableArn();
        return described.replaceAll("\"(ItemCount|(Table|Index)SizeBytes)\":\\d+", "")
                + WireTarget.answer("DescribeTimeToLive", "{\"TableName\":\"" + kept + "\"}")
                + WireTarget.answer("ListTagsOfResource", "{\"ResourceArn\":\"" + arn + "\"}");
    }

    /** What the kept table holds. */
    String content() {
        return WireTarget.answer("Scan", "{\"ConsistentRead\":true,\"TableName\":\"" + kept + "\"}");
    }

    /** Makes again what a valid request changed, and takes away what it made. */
    void restore() {
        for (String name : WireTarget.sdk().listTablesPaginator().tableNames()) {
            if (!name.equals(open) && !name.equals(kept) && !foreign.contains(name)) {
                drop(name);
            }
        }
        for (String name : new String[] {open, kept}) {
            if (!isAsMade(name)) {
                drop(name);
                create(name);
            }
        }
    }

    private static boolean isAsMade(String name) {
        String described = describe(name);
        return described.contains("\"TableStatus\":\"ACTIVE\"") && !described.contains("\"IndexStatus\":\"DELETING\"");
    }

    private static String describe(String name) {
        return WireTarget.call("DescribeTable", "{\"TableName\":\"" + name + "\"}")
                .text();
    }

    /** The SDK's waiters look every twenty seconds; there are many tables here, each there at once. */
    private static void await(String name, String sign) {
        for (int looks = 0; !describe(name).contains(sign); looks++) {
            assertThat(looks).as(name + " never " + sign).isLessThan(LOOKS_MAX);
        }
    }

    private static void drop(String name) {
        String request = "{\"TableName\":\"" + name + "\"";
        for (int looks = 0; !describe(name).contains("ResourceNotFoundException"); looks++) {
            String answer = WireTarget.call("DeleteTable", request + "}").text();
            if (answer.contains("protected against deletion")) {
                WireTarget.call("UpdateTable", request + ",\"DeletionProtectionEnabled\":false}");
            }
            assertThat(looks).as(name + " cannot be deleted: " + answer).isLessThan(LOOKS_MAX);
        }
    }

    private static void create(String name) {
        WireTarget.answer("CreateTable", DEFINITION.formatted(name));
        await(name, "\"TableStatus\":\"ACTIVE\"");
        for (int i = 0; i < 6; i++) {
            String item = ITEM.formatted(i < 4 ? "a" : "b", i, i);
            WireTarget.answer("PutItem", "{\"TableName\":\"" + name + "\",\"Item\":" + item + "}");
        }
    }
}

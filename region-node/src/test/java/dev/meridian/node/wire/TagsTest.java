package dev.meridian.node.wire;

import static dev.meridian.node.wire.WireTarget.answer;
import static dev.meridian.node.wire.WireTarget.refusesAsInvalid;
import static dev.meridian.node.wire.WireTarget.sdk;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

/** TagResource, UntagResource and ListTagsOfResource. */
class TagsTest {

    @Test
    void tagsAreAddedReplacedAndRemoved() {
        String table = WireTarget.table("id:S");
        String arn =
                sdk().describeTable(request -> request.tableName(table)).table().tableArn();
        String resource = "{\"ResourceArn\":\"" + arn + "\"";
        assertThat(answer(
                        "TagResource",
                        resource + ",\"Tags\":[{\"Key\":\"a\",\"Value\":\"1\"},{\"Key\":\"b\",\"Value\":\"2\"}]}"))
                .isEmpty();
        answer("TagResource", resource + ",\"Tags\":[{\"Key\":\"a\",\"Value\":\"3\"}]}");
        assertThat(answer("ListTagsOfResource", resource + "}"))
                .isEqualTo("{\"Tags\":[{\"Key\":\"a\",\"Value\":\"3\"},{\"Key\":\"b\",\"Value\":\"2\"}]}");
        answer("UntagResource", resource + ",\"TagKeys\":[\"a\",\"none\"]}");
        assertThat(answer("ListTagsOfResource", resource + "}"))
                .isEqualTo("{\"Tags\":[{\"Key\":\"b\",\"Value\":\"2\"}]}");
    }

    @Test
    void refusesTagsInWordsOfTheirOwn() {
        String arn = newArn();
        Map.of(
                        "[]",
                        "Atleast one Tag needs to be provided as Input.",
                        "[{}]",
                        "The Tag Key provided is invalid, Key: null",
                        tag("", "v"),
                        "The Tag Key provided is invalid, Key: ",
                        tag("100%", "v"),
                        "The Tag Key provided is invalid, Key: 100%",
                        tag("k".repeat(129), "v"),
                        "The Tag Key provided is invalid, Key: " + "k".repeat(129),
                        "[{\"Key\":\"k\"}]",
                        "The Tag Value provided is invalid, Value: null",
                        tag("k", "Test's"),
                        "The Tag Value provided is invalid, Value: Test's",
                        tag("k", "v".repeat(257)),
                        "The Tag Value provided is invalid, Value: " + "v".repeat(257),
                        tag("aws:x", "v"),
                        "Tag Key cannot be prefixed with aws:, Key: aws:x",
                        "[{\"Key\":\"dup\",\"Value\":\"1\"},{\"Key\":\"dup\",\"Value\":\"2\"}]",
                        "Duplicate Tag Keys provided as input: Duplicate Tag Key found dup")
                .forEach((tags, text) -> {
                    refusesAsInvalid("TagResource", "{\"ResourceArn\":\"" + arn + "\",\"Tags\":" + tags + "}", text);
                    if (!tags.equals("[]")) {
                        refusesAsInvalid("CreateTable", creation(tags), text);
                    }
                });
        assertThat(answer("ListTagsOfResource", "{\"ResourceArn\":\"" + arn + "\"}"))
                .isEqualTo("{\"Tags\":[]}");
        refusesAsInvalid(
                "UntagResource",
                "{\"ResourceArn\":\"" + arn + "\",\"TagKeys\":[]}",
                "Atleast one Tag Key needs to be provided as Input.");
        refusesAsInvalid(
                "UntagResource",
                "{\"ResourceArn\":\"" + arn + "\",\"TagKeys\":[\"\"]}",
                "The Tag Key provided is invalid, Key: ");
    }

    @Test
    void takesLettersOfEveryScriptAndEmptyValues() {
        String arn = newArn();
        answer("TagResource", "{\"ResourceArn\":\"" + arn + "\",\"Tags\":" + tag("ключ", "") + "}");
        answer("TagResource", "{\"ResourceArn\":\"" + arn + "\",\"Tags\":" + tag(" ", "a+b-c=d.e_f:g/h@i") + "}");
        assertThat(answer("ListTagsOfResource", "{\"ResourceArn\":\"" + arn + "\"}"))
                .isEqualTo("{\"Tags\":[{\"Key\":\"ключ\",\"Value\":\"\"},"
                        + "{\"Key\":\" \",\"Value\":\"a+b-c=d.e_f:g/h@i\"}]}");
    }

    @Test
    void refusesWhatIsNoTablesArn() {
        String arn = newArn();
        Map.of(
                        "cart",
                        "One or more parameter values were invalid: ARNs must start with 'arn:': cart",
                        "arn:aws:s3:::cart",
                        "One or more parameter values were invalid: Provided Arn is not a DynamoDB resource arn: "
                                + "arn:aws:s3:::cart",
                        arn + "/index/byName",
                        "One or more parameter values were invalid: Invalid resource arn provided, only table or "
                                + "stream is accepted. Provided resource arn: " + arn + "/index/byName",
                        "arn:aws:dynamodb:mars-1:000000000000:table/cart",
                        "Invalid TableArn: Invalid ResourceArn provided as input "
                                + "arn:aws:dynamodb:mars-1:000000000000:table/cart")
                .forEach((resource, text) ->
                        refusesAsInvalid("ListTagsOfResource", "{\"ResourceArn\":\"" + resource + "\"}", text));
        WireTarget.refuses(
                "TagResource",
                "{\"ResourceArn\":\"" + arn + "x\",\"Tags\":" + tag("k", "v") + "}",
                "ResourceNotFoundException",
                "Requested resource not found: ResourcArn: " + arn + "x not found");
    }

    private static String newArn() {
        String table = WireTarget.table("id:S");
        return sdk().describeTable(request -> request.tableName(table)).table().tableArn();
    }

    private static String tag(String key, String value) {
        return "[{\"Key\":\"" + key + "\",\"Value\":\"" + value + "\"}]";
    }

    private static String creation(String tags) {
        return "{\"TableName\":\"neverTagged\",\"BillingMode\":\"PAY_PER_REQUEST\",\"AttributeDefinitions\":["
                + "{\"AttributeName\":\"id\",\"AttributeType\":\"S\"}],\"KeySchema\":["
                + "{\"AttributeName\":\"id\",\"KeyType\":\"HASH\"}],\"Tags\":" + tags + "}";
    }

    @Test
    void tooManyTagsChangeNothing() {
        String table = WireTarget.table("id:S");
        String arn =
                sdk().describeTable(request -> request.tableName(table)).table().tableArn();
        StringBuilder tags = new StringBuilder();
        for (int n = 0; n < 51; n++) {
            tags.append(n == 0 ? "" : ",").append("{\"Key\":\"k").append(n).append("\",\"Value\":\"v\"}");
        }
        refusesAsInvalid(
                "TagResource",
                "{\"ResourceArn\":\"" + arn + "\",\"Tags\":[" + tags + "]}",
                "Number of Tags exceed the current limit for the provided ResourceArn");
        assertThat(answer("ListTagsOfResource", "{\"ResourceArn\":\"" + arn + "\"}"))
                .isEqualTo("{\"Tags\":[]}");
    }
}

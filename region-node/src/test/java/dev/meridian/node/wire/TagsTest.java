package dev.meridian.node.wire;

import static dev.meridian.node.wire.WireTarget.answer;
import static dev.meridian.node.wire.WireTarget.sdk;
import static org.assertj.core.api.Assertions.assertThat;

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
    void tooManyTagsChangeNothing() {
        String table = WireTarget.table("id:S");
        String arn =
                sdk().describeTable(request -> request.tableName(table)).table().tableArn();
        StringBuilder tags = new StringBuilder();
        for (int n = 0; n < 51; n++) {
            tags.append(n == 0 ? "" : ",").append("{\"Key\":\"k").append(n).append("\",\"Value\":\"v\"}");
        }
        assertThat(WireTarget.call("TagResource", "{\"ResourceArn\":\"" + arn + "\",\"Tags\":[" + tags + "]}")
                        .status())
                .isEqualTo(400);
        assertThat(answer("ListTagsOfResource", "{\"ResourceArn\":\"" + arn + "\"}"))
                .isEqualTo("{\"Tags\":[]}");
    }
}

package dev.meridian.node.wire;

import static dev.meridian.node.wire.WireTarget.answer;
import static dev.meridian.node.wire.WireTarget.call;
import static dev.meridian.node.wire.WireTarget.member;
import static dev.meridian.node.wire.WireTarget.sdk;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** PutResourcePolicy, GetResourcePolicy and DeleteResourcePolicy. */
class ResourcePoliciesTest {

    private static final String POLICY = "\"Policy\":\"{\\\"Version\\\":\\\"2012-10-17\\\",\\\"Statement\\\":[]}\"";

    @Test
    void aPolicyIsKeptGivenBackAndDeleted() {
        String table = WireTarget.table("id:S");
        String resource = "{\"ResourceArn\":\""
                + sdk().describeTable(request -> request.tableName(table))
                        .table()
                        .tableArn() + "\"";
        assertThat(call("GetResourcePolicy", resource + "}").text()).contains("PolicyNotFoundException");
        String revision = member(answer("PutResourcePolicy", resource + "," + POLICY + "}"), "RevisionId");
        assertThat(member(answer("GetResourcePolicy", resource + "}"), "Policy"))
                .isEqualTo("{\"Version\":\"2012-10-17\",\"Statement\":[]}");
        assertThat(call("PutResourcePolicy", resource + "," + POLICY + ",\"ExpectedRevisionId\":\"NO_POLICY\"}")
                        .text())
                .contains("PolicyNotFoundException");
        assertThat(member(answer("DeleteResourcePolicy", resource + "}"), "RevisionId"))
                .isEqualTo(revision);
        assertThat(call("GetResourcePolicy", resource + "}").text()).contains("PolicyNotFoundException");
        assertThat(answer("DeleteResourcePolicy", resource + "}")).isEqualTo("{}");
    }

    @Test
    void whatIsNoJsonIsRefused() {
        String table = WireTarget.table("id:S");
        String arn =
                sdk().describeTable(request -> request.tableName(table)).table().tableArn();
        WireTarget.refusesAsInvalid(
                "PutResourcePolicy",
                "{\"ResourceArn\":\"" + arn + "\",\"Policy\":\"{nonsense\"}",
                "The provided policy is not a valid JSON document");
    }
}

package dev.meridian.node.account;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class ResourcePolicyTest {

    private static final String ARN = "arn:aws:dynamodb:us-east-1:111111111111:table/Orders";

    @Test
    void anAccountMayDoWhatAStatementAllowsIt() {
        String policy = statement("Allow", "{'AWS':['222222222222','arn:aws:iam::333333333333:root']}", "");
        assertThat(allows(policy, "222222222222", "GetItem")).isTrue();
        assertThat(allows(policy, "333333333333", "GetItem")).isTrue();
        assertThat(allows(policy, "222222222222", "PutItem")).isFalse();
        assertThat(allows(policy, "444444444444", "GetItem")).isFalse();
    }

    @Test
    void patternsFitActionsAndResources() {
        String all =
                "{'Statement':{'Effect':'Allow','Principal':'*','Action':'dynamodb:Get*','Resource':'arn:aws:*:table/Or?ers'}}";
        assertThat(allows(all, "222222222222", "GetItem")).isTrue();
        assertThat(allows(all, "222222222222", "Query")).isFalse();
        assertThat(allows(all.replace("Or?ers", "Or?er"), "222222222222", "GetItem"))
                .isFalse();
    }

    @Test
    void denialsWin() {
        String allow = statement("Allow", "'*'", "");
        String deny = statement("Deny", "{'AWS':'222222222222'}", "");
        String both = "{'Statement':[" + allow.substring(14, allow.length() - 2) + ","
                + deny.substring(14, deny.length() - 2) + "]}";
        assertThat(allows(both, "222222222222", "GetItem")).isFalse();
        assertThat(allows(both, "333333333333", "GetItem")).isTrue();
    }

    @Test
    void conditionsMustBeMet() {
        String policy = statement(
                "Allow",
                "{'Service':['replication.dynamodb.amazonaws.com']}",
                ",'Condition':{'StringEquals':{'aws:SourceAccount':['222222222222']}}");
        assertThat(allows(policy, "replication.dynamodb.amazonaws.com", "GetItem"))
                .isTrue();
        assertThat(allows(
                        policy.replace("222222222222", "333333333333"),
                        "replication.dynamodb.amazonaws.com",
                        "GetItem"))
                .isFalse();
        assertThat(allows(
                        policy.replace("SourceAccount", "SourceVpc"), "replication.dynamodb.amazonaws.com", "GetItem"))
                .isFalse();
    }

    @Test
    void whatIsNotKnownAllowsNothing() {
        assertThat(allows(statement("Allow", "'*'", ",'NotAction':'dynamodb:PutItem'"), "222222222222", "GetItem"))
                .isFalse();
        assertThat(ResourcePolicy.parse("{")).isEmpty();
        assertThat(ResourcePolicy.parse("[]")).isEmpty();
        assertThat(ResourcePolicy.parse("{} {}")).isEmpty();
    }

    private static String statement(String effect, String principal, String more) {
        return "{'Statement':[{'Effect':'" + effect + "','Principal':" + principal
                + ",'Action':['dynamodb:GetItem'],'Resource':'" + ARN + "'" + more + "}]}";
    }

    private static boolean allows(String policy, String principal, String action) {
        return ResourcePolicy.parse(policy.replace('\'', '"'))
                .orElseThrow()
                .allows(new ResourcePolicy.Question(
                        principal, action, ARN, Map.of("aws:SourceAccount", "222222222222")));
    }
}

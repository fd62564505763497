package dev.meridian.node.wire;

import static dev.meridian.node.wire.WireTarget.REGION;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** Accounts: whoever signs with an access key of twelve digits has tables of its own. */
class AccountsTest {

    private static final String ONE = "111111111111";
    private static final String TWO = "222222222222";

    @Test
    void twoAccountsHaveEachATableOfTheSameName() {
        String name = WireTarget.freshName();
        assertThat(create(ONE, name)).contains(arn(ONE, name));
        assertThat(create(TWO, name)).contains(arn(TWO, name));
        assertThat(create(ONE, name)).contains("ResourceInUseException").contains("Table already exists: " + name);
        put(ONE, name, "of one");
        put(TWO, name, "of two");
        assertThat(get(ONE, name)).contains("of one");
        assertThat(get(TWO, name)).contains("of two");
        assertThat(call(ONE, "DeleteTable", on(name, ""))).contains(arn(ONE, name));
        WireTarget.eventually(() -> assertThat(get(ONE, name)).contains("ResourceNotFoundException"));
        assertThat(get(TWO, name)).contains("of two");
    }

    @Test
    void noAccountSeesAnothersTables() {
        String ofOne = WireTarget.freshName();
        create(ONE, ofOne);
        String usual = WireTarget.table("id:S");
        assertThat(call(ONE, "ListTables", "{}")).contains(ofOne).doesNotContain(usual);
        assertThat(call(TWO, "ListTables", "{}")).doesNotContain(ofOne).doesNotContain(usual);
        assertThat(WireTarget.answer("ListTables", "{\"ExclusiveStartTableName\":\"" + before(usual) + "\"}"))
                .contains(usual)
                .doesNotContain('"' + ofOne + '"');
        assertThat(get(TWO, ofOne)).contains("ResourceNotFoundException");
        assertThat(call(TWO, "DescribeTable", on(ofOne, "")))
                .contains("Requested resource not found: Table: " + ofOne + " not found");
        assertThat(call(
                        TWO,
                        "UpdateTimeToLive",
                        on(ofOne, ",'TimeToLiveSpecification':{'Enabled':true,'AttributeName':'t'}")))
                .contains("ResourceNotFoundException");
    }

    @Test
    void whoNamesNoAccountIsTheUsualOne() {
        String name = WireTarget.table("id:S");
        assertThat(call("000000000000", "DescribeTable", on(name, ""))).contains(arn("000000000000", name));
        assertThat(call("AKIDEXAMPLEKEY", "DescribeTable", on(name, ""))).contains(arn("000000000000", name));
        assertThat(call("12345678901x", "DescribeTable", on(name, ""))).contains(arn("000000000000", name));
    }

    @Test
    void anothersTableIsReachedByItsArnWhereItsPolicyAllowsIt() {
        String name = WireTarget.freshName();
        create(ONE, name);
        put(ONE, name, "of one");
        String arn = arn(ONE, name);
        String denied =
                "User: arn:aws:iam::" + TWO + ":root is not authorized to perform: dynamodb:GetItem on resource: " + arn
                        + " because no resource-based policy allows the dynamodb:GetItem action";
        assertThat(get(TWO, arn)).contains("#AccessDeniedException").contains(denied);
        String policy = "{\\\"Statement\\\":[{\\\"Effect\\\":\\\"Allow\\\",\\\"Principal\\\":{\\\"AWS\\\":\\\"" + TWO
                + "\\\"},\\\"Action\\\":[\\\"dynamodb:GetItem\\\",\\\"dynamodb:DescribeTable\\\"],\\\"Resource\\\":\\\""
                + arn + "\\\"}]}";
        call(ONE, "PutResourcePolicy", "{\"ResourceArn\":\"" + arn + "\",\"Policy\":\"" + policy + "\"}");
        assertThat(get(TWO, arn)).contains("of one");
        assertThat(call(TWO, "DescribeTable", on(arn, ""))).contains("\"TableName\":\"" + name + "\"");
        assertThat(put(TWO, arn, "of two")).contains("#AccessDeniedException");
        assertThat(call(TWO, "DeleteTable", on(arn, ""))).contains("#AccessDeniedException");
        assertThat(get(TWO, arn + "x")).contains("#AccessDeniedException");
        assertThat(call(TWO, "GetResourcePolicy", "{\"ResourceArn\":\"" + arn + "\"}"))
                .contains("#AccessDeniedException");
    }

    @Test
    void batchesStatementsAndTransactionsStayWithinTheAccount() {
        String name = WireTarget.freshName();
        create(ONE, name);
        create(TWO, name);
        String token = ",'ClientRequestToken':'the-same-token'";
        for (String account : new String[] {ONE, TWO}) {
            String item = "{'id':{'S':'t'},'v':{'S':'" + account + "'}}";
            assertThat(call(
                            account,
                            "TransactWriteItems",
                            json("{'TransactItems':[{'Put':{'TableName':'" + name + "','Item':{'id':{'S':'t'}}}}]"
                                    + token + "}")))
                    .isEqualTo("{}");
            call(
                    account,
                    "BatchWriteItem",
                    json("{'RequestItems':{'" + name + "':[{'PutRequest':{'Item':" + item + "}}]}}"));
            assertThat(call(account, "ExecuteStatement", json("{'Statement':'SELECT v FROM \\\"" + name + "\\\"'}")))
                    .contains(account);
            assertThat(call(
                            account,
                            "BatchGetItem",
                            json("{'ReturnConsumedCapacity':'TOTAL','RequestItems':{'" + name
                                    + "':{'Keys':[{'id':{'S':'t'}}]}}}")))
                    .contains("\"Responses\":{\"" + name + "\":[")
                    .contains("\"TableName\":\"" + name + "\"")
                    .contains(account);
        }
    }

    @Test
    void streamsAreTheAccountsOwn() {
        String name = WireTarget.freshName();
        String more = ",\"StreamSpecification\":{\"StreamEnabled\":true,\"StreamViewType\":\"NEW_IMAGE\"}";
        call(ONE, "CreateTable", WireTarget.createTable(name, more, "id:S"));
        String listed = call(ONE, "ListStreams", on(name, ""));
        assertThat(listed).contains(arn(ONE, name) + "/stream/");
        assertThat(call(TWO, "ListStreams", "{}")).doesNotContain(name);
        String stream = listed.substring(listed.indexOf("arn:"), listed.indexOf('"', listed.indexOf("arn:")));
        assertThat(call(ONE, "DescribeStream", "{\"StreamArn\":\"" + stream + "\"}"))
                .contains("ENABLED");
        assertThat(call(TWO, "DescribeStream", "{\"StreamArn\":\"" + stream + "\"}"))
                .contains("#AccessDeniedException");
    }

    private static String before(String name) {
        return name.substring(0, name.length() - 1);
    }

    private static String arn(String account, String name) {
        return "arn:aws:dynamodb:" + REGION + ":" + account + ":table/" + name;
    }

    private static String create(String account, String name) {
        return call(account, "CreateTable", WireTarget.createTable(name, "", "id:S"));
    }

    private static String put(String account, String name, String value) {
        return call(account, "PutItem", on(name, ",'Item':{'id':{'S':'a'},'v':{'S':'" + value + "'}}"));
    }

    private static String get(String account, String name) {
        return call(account, "GetItem", on(name, ",'Key':{'id':{'S':'a'}}"));
    }

    private static String on(String name, String more) {
        return json("{'TableName':'" + name + "'" + more + "}");
    }

    private static String json(String text) {
        return text.replace('\'', '"');
    }

    private static String call(String key, String operation, String json) {
        String authorization = "Authorization: AWS4-HMAC-SHA256 Credential=" + key + "/20310506/" + REGION
                + "/dynamodb/aws4_request, SignedHeaders=host;x-amz-date, Signature=0123456789abcdef";
        byte[] request = RawHttp.call(operation, json, authorization, "X-Amz-Date: 20310506T070809Z");
        if (operation.endsWith("Streams") || operation.endsWith("Stream")) {
            request = RawHttp.ascii(
                    new String(request, StandardCharsets.ISO_8859_1).replace("DynamoDB_2012", "DynamoDBStreams_2012"));
        }
        try (RawHttp http = new RawHttp(WireTarget.uri())) {
            return http.exchange(request).text();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}

package dev.meridian.node.wire;

import static dev.meridian.node.wire.WireTarget.on;
import static dev.meridian.node.wire.WireTarget.refuses;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Bodies that have broken other servers: each gets an answer, and the next request too. */
class HostileRequestsTest {

    private static String table = "";

    @BeforeAll
    static void makeTable() {
        table = WireTarget.table("id:S");
    }

    private static RawHttp.Response put(byte[] json) throws IOException {
        try (RawHttp http = new RawHttp(WireTarget.uri())) {
            return http.exchange(RawHttp.call("PutItem", json));
        }
    }

    @Test
    void refusesDeepNesting() {
        String value = "{'M':{'a':".repeat(40) + "{'S':'x'}" + "}}".repeat(40);
        RawHttp.Response response = WireTarget.call("PutItem", on(table, "'Item':{'id':{'S':'1'},'a':" + value + "}"));
        assertThat(response.status()).isEqualTo(400);
        assertThat(response.text()).contains("Nesting Levels have exceeded supported limits");
    }

    @Test
    void refusesJsonTwoHundredThousandDeep() {
        for (String open : new String[] {"[", "{\"Item\":", "{\"x\":"}) {
            RawHttp.Response response = WireTarget.call("PutItem", open.repeat(200_000));
            assertThat(response.status()).as(open).isEqualTo(400);
            assertThat(response.text()).contains("#SerializationException");
        }
    }

    @Test
    void refusesExpressionsOfBracketsAlone() {
        for (String expression : new String[] {"(".repeat(4_000), "not ".repeat(1_000) + "a", "size(".repeat(800)}) {
            RawHttp.Response response = WireTarget.call(
                    "PutItem", on(table, "'Item':{'id':{'S':'1'}},'ConditionExpression':'" + expression + "'"));
            assertThat(response.status()).as(response.text()).isEqualTo(400);
            assertThat(response.text()).contains("#ValidationException");
        }
    }

    @Test
    void refusesBytesThatAreNotUtf8() throws IOException {
        byte[] json = on(table, "'Item':{'id':{'S':'??'}}").getBytes(StandardCharsets.UTF_8);
        for (byte[] malformed : new byte[][] {{(byte) 0xC0, (byte) 0x80}, {(byte) 0xFF, (byte) 0xFE}}) {
            byte[] copy = json.clone();
            int at = new String(json, StandardCharsets.UTF_8).indexOf("??");
            copy[at] = malformed[0];
            copy[at + 1] = malformed[1];
            RawHttp.Response response = put(copy);
            assertThat(response.status()).isEqualTo(400);
            assertThat(response.text()).contains("#SerializationException");
        }
    }

    @Test
    void refusesLoneSurrogates() {
        RawHttp.Response response = WireTarget.call("PutItem", on(table, "'Item':{'id':{'S':'\\ud800'}}"));
        assertThat(response.status()).isEqualTo(400);
        assertThat(response.text()).contains("#SerializationException");
    }

    @Test
    void refusesJsonInOtherEncodings() throws IOException {
        String json = on(table, "'Item':{'id':{'S':'1'}}");
        for (byte[] body : new byte[][] {
            json.getBytes(StandardCharsets.UTF_16LE), json.getBytes(StandardCharsets.UTF_16), new byte[] {0}
        }) {
            assertThat(put(body).text()).contains("#SerializationException");
        }
    }

    @Test
    void refusesWhatIsNotAnObject() throws IOException {
        for (String body : new String[] {"", "[]", "5", "null", "\"x\"", "{} {}", "{\"TableName\":"}) {
            RawHttp.Response response = put(body.getBytes(StandardCharsets.UTF_8));
            assertThat(response.status()).as(body).isEqualTo(400);
        }
    }

    @Test
    void knowsOnlyTheOperationsThereAre() {
        refuses("NoSuchThing", "{}", "UnknownOperationException", "");
    }

    @Test
    void answersAfterAllOfThat() {
        WireTarget.put(table, "{'id':{'S':'fine'}}");
    }
}

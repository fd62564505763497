package dev.meridian.chaos.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.meridian.chaos.fault.DoorRule.Effect;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DoorRulesTest {

    private static List<DoorRule> parse(String json) {
        return DoorRules.parse(json.getBytes());
    }

    @Test
    void readsWhatLocalStackReads() {
        assertThat(
                        parse(
                                "[{\"region\":\"us-east-1\",\"service\":\"dynamodb\",\"operation\":\"PutItem\",\"probability\":0.5,"
                                        + "\"error\":{\"statusCode\":400,\"code\":\"ProvisionedThroughputExceededException\"}}]"))
                .containsExactly(new DoorRule(
                        "us-east-1",
                        "dynamodb",
                        "PutItem",
                        "",
                        0.5,
                        Effect.ERROR,
                        400,
                        "ProvisionedThroughputExceededException",
                        "",
                        0));
        assertThat(parse("[{}]"))
                .containsExactly(new DoorRule("", "", "", "", 1, Effect.ERROR, 503, "ServiceUnavailable", "", 0));
        assertThat(parse("[]")).isEmpty();
    }

    @Test
    void comesBackFromItsJson() {
        List<DoorRule> rules = List.of(
                new DoorRule("a", "dynamodb", "GetItem", "t", 0.25, Effect.SLOW, 503, "ServiceUnavailable", "", 70),
                new DoorRule("", "", "", "", 1, Effect.ERROR, 500, "InternalServerError", "oh", 0),
                new DoorRule("", "", "", "", 1, Effect.REFUSE, 503, "ServiceUnavailable", "", 0),
                new DoorRule("", "", "", "", 1, Effect.REFUSE_NEW, 503, "ServiceUnavailable", "", 0));
        assertThat(parse(DoorRules.json(rules))).isEqualTo(rules);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{} | a JSON list of rules is expected, such as [{\"service\":\"dynamodb\"}]",
                "[{\"regoin\":\"a\"}] | unknown key 'regoin'; a rule has [effect, latencyMillis, operation, probability, region, service, table]",
                "[{\"error\":{\"status\":5}}] | unknown key 'status'; a rule has [code, message, statusCode]",
                "[{\"probability\":2}] | 'probability' lies between 0 and 1, not 2.0",
                "[{\"error\":{\"statusCode\":200}}] | 'statusCode' is 400 to 599, not 200",
                "[{\"effect\":\"smile\"}] | 'effect' is error, refuse, refuse-new, hang or slow, not 'smile'",
                "[{\"effect\":\"refuse\",\"table\":\"t\"}] | a connection is refused before the table is known; leave 'table' out",
            })
    void saysWhatIsWrong(String json, String message) {
        assertThatIllegalArgumentException().isThrownBy(() -> parse(json)).withMessage(message);
    }
}

package dev.meridian.table.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RequestDecoderTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'TableName':1} | NUMBER_VALUE cannot be converted to String",
                "{'TableName':true} | TRUE_VALUE cannot be converted to String",
                "{'TableName':[]} | Unrecognized collection type class java.lang.String",
                "{'TableName':{}} | Start of structure or map found where not expected",
                "{'Limit':'1'} | STRING_VALUE cannot be converted to Integer",
                "{'Limit':false} | FALSE_VALUE cannot be converted to Integer",
                "{'ConsistentRead':1} | NUMBER_VALUE cannot be converted to Boolean",
                "{'ConsistentRead':'true'} | Unexpected token received from parser",
                "{'AttributesToGet':'a'} | Unexpected field type",
                "{'AttributesToGet':{}} | Start of structure or map found where not expected",
                "{'ScanFilter':'a'} | Unexpected field type",
                "{'ScanFilter':{'a':'b'}} | Unexpected value type in payload",
                "{'ExclusiveStartKey':{'a':{'B':1}}} | only base-64-encoded strings are convertible to bytes",
                "{'ExclusiveStartKey':{'a':{'B':'=aaa'}}} | Invalid Base64 character: '='",
                "{'ExclusiveStartKey':{'a':{'B':'YR=='}}} | Invalid last non-pad Base64 character dectected",
                "{'ExclusiveStartKey':{'a':{'SS':'x'}}} | Unexpected field type",
                "{'ExclusiveStartKey':{'a':[]}} | Unrecognized collection type class com.amazonaws.dynamodb.v20120810.AttributeValue",
                "[] | Unrecognized collection type class com.amazonaws.dynamodb.v20120810.ScanInput",
            })
    void jsonMustFitTheShape(String request, String error) {
        assertMalformed(request).hasMessage(error);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'TableName':'abc','TableName':'abd'}",
                "{'TableName':'abc'",
                "{'TableName':'abc'}}",
                "{'TableName':'abc'} {}",
                "{'TableName':NaN}",
                "{'TableName':'\\ud800'}",
                "nothing",
            })
    void brokenJsonIsRefused(String request) {
        assertThatExceptionOfType(MalformedRequestException.class).isThrownBy(() -> decode(request));
        assertThatExceptionOfType(MalformedRequestException.class)
                .isThrownBy(() -> RequestDecoder.decode(scan(), request.getBytes(StandardCharsets.UTF_16)));
    }

    @Test
    void emptyAndDeepBodiesAreRefused() {
        assertMalformed("");
        assertMalformed("{'TableName':" + "[".repeat(100_000));
        assertMalformed("{'unknown':" + "[".repeat(1_000) + "]".repeat(1_000) + "}");
        assertMalformed("{'ExclusiveStartKey':{'a':" + "{'L':[".repeat(1_000) + "]}".repeat(1_000) + "}}");
    }

    @Test
    void whatTheModelDoesNotKnowIsPassedOver() {
        Struct request = decode("{'TableName':'abc','Unknown':{'a':[1,{'b':null}]},'Limit':null}");
        assertThat(request.requiredText("TableName")).isEqualTo("abc");
        assertThat(request.has("Limit")).isFalse();
        assertThat(request.has("Unknown")).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{} | 1 validation error detected: Value null at 'tableName' failed to satisfy constraint: Member must not be null",
                "{'TableName':''} | 1 validation error detected: Value '' at 'tableName' failed to satisfy constraint: Member must have length greater than or equal to 1",
                "{'TableName':'bad table!@#'} | 1 validation error detected: Value 'bad table!@#' at 'tableName' failed to satisfy constraint: Member must satisfy regular expression pattern: [a-zA-Z0-9_.-]+",
                "{'TableName':'abc','IndexName':'a'} | 1 validation error detected: Value 'a' at 'indexName' failed to satisfy constraint: Member must have length greater than or equal to 3",
                "{'TableName':'abc','Select':'x','Segment':-1} | 2 validation errors detected: Value 'x' at 'select' failed to satisfy constraint: Member must satisfy enum value set: [SPECIFIC_ATTRIBUTES, COUNT, ALL_ATTRIBUTES, ALL_PROJECTED_ATTRIBUTES]; Value '-1' at 'segment' failed to satisfy constraint: Member must have value greater than or equal to 0",
                "{'TableName':'abc','ScanFilter':{'a':{}}} | 1 validation error detected: Value null at 'scanFilter.a.member.comparisonOperator' failed to satisfy constraint: Member must not be null",
                "{'TableName':'abc','AttributesToGet':[]} | 1 validation error detected: Value '[]' at 'attributesToGet' failed to satisfy constraint: Member must have length greater than or equal to 1",
            })
    void valuesMustKeepTheModelsConstraints(String request, String error) {
        assertThatThrownBy(() -> decode(request))
                .isInstanceOf(ConstraintViolationException.class)
                .hasMessage(error);
    }

    @Test
    void aTableIsNamedOrPointedAt() {
        assertThatThrownBy(() -> decode("{'TableName':'" + "a".repeat(256) + "'}"))
                .hasMessageEndingWith(
                        "at 'tableName' failed to satisfy constraint: Member must have length less than or "
                                + "equal to 255");
        String arn = "arn:aws:dynamodb:us-east-1:000000000000:table/orders";
        assertThat(decode("{'TableName':'" + arn + "'}").text("TableName")).isEqualTo(arn);
    }

    private static org.assertj.core.api.AbstractThrowableAssert<?, ? extends Throwable> assertMalformed(
            String request) {
        return assertThatThrownBy(() -> decode(request)).isInstanceOf(MalformedRequestException.class);
    }

    private static Struct decode(String request) {
        return RequestDecoder.decode(scan(), request.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    }

    private static Shape scan() {
        return ApiModel.dynamodb().input("Scan").orElseThrow();
    }
}

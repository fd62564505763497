package dev.meridian.table.operation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.meridian.table.model.ServiceException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Whatever comes in, a client gets an error of the service's and nothing breaks. */
class HostileRequestsTest {

    private static final List<String> EXPRESSION_PARTS = List.of(
            "a",
            "#n",
            ":v",
            "(",
            ")",
            "[",
            "]",
            ".",
            ",",
            "=",
            "<>",
            "<",
            ">=",
            "AND",
            "OR",
            "NOT",
            "IN",
            "BETWEEN",
            "SET",
            "REMOVE",
            "ADD",
            "DELETE",
            "size",
            "contains",
            "begins_with",
            "attribute_exists",
            "list_append",
            "if_not_exists",
            "+",
            "-",
            "0",
            "99999999999",
            "\u00e9",
            "$",
            "#",
            ":");

    @Test
    void mutatedRequestsGetAnswersOrErrors() {
        Random random = new Random(99);
        List<String> requests = List.of(
                "{\"TableName\":\"table\",\"Item\":{\"id\":{\"S\":\"1\"},\"v\":{\"N\":\"1.5e3\"}}}",
                "{\"TableName\":\"table\",\"Key\":{\"id\":{\"S\":\"1\"}},\"UpdateExpression\":\"SET a = :v\","
                        + "\"ExpressionAttributeValues\":{\":v\":{\"L\":[{\"M\":{}}]}}}");
        for (int i = 0; i < 3_000; i++) {
            byte[] body = requests.get(i % 2).getBytes(StandardCharsets.UTF_8);
            for (int changes = 1 + random.nextInt(3); changes > 0; changes--) {
                body[random.nextInt(body.length)] = (byte) random.nextInt(256);
            }
            run(i % 2 == 0 ? "PutItem" : "UpdateItem", body);
        }
    }

    @Test
    void mutatedReadsAndBatchesGetAnswersOrErrors() {
        Random random = new Random(101);
        List<String> operations = List.of("Query", "Scan", "BatchGetItem", "BatchWriteItem", "DeleteItem");
        List<String> requests = List.of(
                "{'TableName':'table','KeyConditionExpression':'id = :v','Limit':1,'ExpressionAttributeValues':{':v':{'S':'1'}}}",
                "{'TableName':'table','Segment':1,'TotalSegments':4,'ScanFilter':{'a':{'ComparisonOperator':'IN','AttributeValueList':[{'N':'1'}]}}}",
                "{'RequestItems':{'table':{'Keys':[{'id':{'S':'1'}}],'AttributesToGet':['a']}}}",
                "{'RequestItems':{'table':[{'PutRequest':{'Item':{'id':{'S':'1'}}}},{'DeleteRequest':{'Key':{'id':{'S':'2'}}}}]}}",
                "{'TableName':'table','Key':{'id':{'S':'1'}},'Expected':{'a':{'ComparisonOperator':'BETWEEN','AttributeValueList':[{'N':'1'},{'N':'2'}]}}}");
        for (int i = 0; i < 5_000; i++) {
            byte[] body = requests.get(i % 5).replace('\'', '"').getBytes(StandardCharsets.UTF_8);
            for (int changes = 1 + random.nextInt(3); changes > 0; changes--) {
                body[random.nextInt(body.length)] =
                        random.nextBoolean() ? body[random.nextInt(body.length)] : (byte) random.nextInt(256);
            }
            run(operations.get(i % 5), body);
        }
    }

    @Test
    void randomExpressionsGetAnswersOrErrors() {
        Random random = new Random(100);
        for (int i = 0; i < 3_000; i++) {
            List<String> parts = new ArrayList<>();
            for (int length = random.nextInt(12); length >= 0; length--) {
                parts.add(EXPRESSION_PARTS.get(random.nextInt(EXPRESSION_PARTS.size())));
            }
            String expression = String.join(random.nextBoolean() ? " " : "", parts);
            boolean update = random.nextBoolean();
            run(
                    update ? "UpdateItem" : "DeleteItem",
                    ("{\"TableName\":\"table\",\"Key\":{\"id\":{\"S\":\"1\"}},\""
                                    + (update ? "UpdateExpression" : "ConditionExpression") + "\":\"" + expression
                                    + "\",\"ExpressionAttributeNames\":{\"#n\":\"n\"},\"ExpressionAttributeValues\":{\":v\":{\"N\":\"1\"}}}")
                            .getBytes(StandardCharsets.UTF_8));
        }
    }

    @Test
    void deepExpressionsAreRefusedBeforeTheyHurt() {
        String deep = "(".repeat(2_000) + "a = :v" + ")".repeat(2_000);
        assertThat(run(
                        "DeleteItem",
                        ("{\"TableName\":\"table\",\"Key\":{\"id\":{\"S\":\"1\"}},\"ConditionExpression\":\"" + deep
                                        + "\",\"ExpressionAttributeValues\":{\":v\":{\"N\":\"1\"}}}")
                                .getBytes(StandardCharsets.UTF_8)))
                .startsWith("ValidationException: Invalid ConditionExpression");
        String nots = "NOT ".repeat(900) + "a = :v";
        assertThat(run(
                        "DeleteItem",
                        ("{\"TableName\":\"table\",\"Key\":{\"id\":{\"S\":\"1\"}},\"ConditionExpression\":\"" + nots
                                        + "\",\"ExpressionAttributeValues\":{\":v\":{\"N\":\"1\"}}}")
                                .getBytes(StandardCharsets.UTF_8)))
                .startsWith("ValidationException: Invalid ConditionExpression");
    }

    private static String run(String operation, byte[] body) {
        TestTable table = TestTable.simple();
        try {
            DataOperations.decode(operation, body);
        } catch (ServiceException refused) {
            return refused.type();
        }
        return table.run(operation, new String(body, StandardCharsets.UTF_8));
    }
}

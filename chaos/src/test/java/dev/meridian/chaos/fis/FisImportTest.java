package dev.meridian.chaos.fis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.meridian.chaos.drill.Drill;
import dev.meridian.chaos.drill.DrillParser;
import dev.meridian.chaos.drill.DrillResult.Verdict;
import dev.meridian.chaos.drill.fault.Cut;
import dev.meridian.chaos.drill.fault.PauseReplication;
import dev.meridian.chaos.virtual.VirtualRun;
import dev.meridian.chaos.virtual.VirtualSetting;
import java.util.List;
import org.junit.jupiter.api.Test;

class FisImportTest {

    private static final String TEMPLATE = """
            { "description": "Lose \\"Ireland\\"",
              "tags": { "Name": "Game day: Ireland!" },
              "targets": {
                "tables": { "resourceType": "aws:dynamodb:global-table", "selectionMode": "ALL",
                            "resourceArns": ["arn:aws:dynamodb:eu-west-1:123456789012:table/cart"] },
                "subnets": { "resourceType": "aws:ec2:subnet", "selectionMode": "ALL",
                             "resourceArns": ["arn:aws:ec2:eu-west-1:123456789012:subnet/subnet-1"] } },
              "actions": {
                "pause": { "actionId": "aws:dynamodb:global-table-pause-replication",
                           "parameters": { "duration": "PT1M" }, "targets": { "Tables": "tables" },
                           "startAfter": ["breathe"] },
                "breathe": { "actionId": "aws:fis:wait", "parameters": { "duration": "PT5S" } },
                "cut": { "actionId": "aws:network:route-table-disrupt-cross-region-connectivity",
                         "parameters": { "duration": "PT30S", "region": "us-east-1" },
                         "targets": { "Subnets": "subnets" }, "startAfter": ["pause"] } },
              "stopConditions": [ { "source": "aws:cloudwatch:alarm", "value": "arn:aws:cloudwatch:x" } ],
              "roleArn": "arn:aws:iam::123456789012:role/fis" }
            """;

    @Test
    void aTemplateBecomesADrillThatRuns() {
        String yaml = FisImport.drill(TEMPLATE, "", false);
        assertThat(yaml).contains("# stop condition aws:cloudwatch:alarm is left out");
        Drill drill = DrillParser.parse(yaml);
        assertThat(drill.name()).isEqualTo("game-day-ireland");
        assertThat(drill.title()).isEqualTo("Lose \"Ireland\"");
        assertThat(drill.load().home()).isEqualTo("eu-west-1");
        assertThat(drill.steps())
                .extracting(Drill.Step::atMillis, Drill.Step::forMillis, Drill.Step::fault)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(
                                15_000L,
                                60_000L,
                                new PauseReplication("eu-west-1", List.of("us-east-1", "ap-southeast-2"))),
                        org.assertj.core.groups.Tuple.tuple(
                                75_000L, 30_000L, new Cut(List.of("eu-west-1"), List.of("us-east-1"), false)));
        assertThat(VirtualRun.run(drill, VirtualSetting.USUAL, 1, null).verdict())
                .isEqualTo(Verdict.PASSED);
    }

    @Test
    void theRegionCanBeSaid() {
        String tagged = TEMPLATE.replaceAll("\"resourceArns\": \\[[^]]*]", "\"resourceTags\": { \"a\": \"b\" }");
        assertThat(DrillParser.parse(FisImport.drill(tagged, "sa-east-1", false))
                        .load()
                        .home())
                .isEqualTo("sa-east-1");
    }

    @Test
    void whoMayNotTalkToDynamoDbWaitsInVain() {
        String disrupted = TEMPLATE.replace(
                        "aws:network:route-table-disrupt-cross-region-connectivity", "aws:network:disrupt-connectivity")
                .replace("\"region\": \"us-east-1\"", "\"scope\": \"dynamodb\"");
        assertThat(FisImport.drill(disrupted, "", false))
                .contains("- { at: 75s, for: 30s, fault: http-door, effect: hang, region: eu-west-1 }");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> FisImport.drill(disrupted.replace("\"dynamodb\"", "\"s3\""), "", false))
                .withMessage(
                        "action 'cut' has the scope 's3'; of aws:network:disrupt-connectivity, dynamodb and all have a "
                                + "counterpart in a drill");
    }

    @Test
    void refusesWhatHasNoCounterpartByName() {
        String other = TEMPLATE.replace("aws:fis:wait", "aws:ec2:stop-instances");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> FisImport.drill(other, "", false))
                .withMessage("action 'breathe' is aws:ec2:stop-instances, which has no counterpart in a drill; "
                        + "--skip-unknown leaves it out");
        assertThat(FisImport.drill(other, "", true))
                .contains("# action 'breathe', aws:ec2:stop-instances, is left out");
    }

    @Test
    void saysWhatIsWrong() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> FisImport.drill("{", "", false))
                .withMessageStartingWith("it is not JSON");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> FisImport.drill("{}", "", false))
                .withMessage("it has no actions; an FIS experiment template is expected");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> FisImport.drill(TEMPLATE.replace("PT1M", "1m"), "", false))
                .withMessage("the duration of action 'pause' is '1m'; FIS writes PT12M");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> FisImport.drill(TEMPLATE.replace("[\"breathe\"]", "[\"cut\"]"), "", false))
                .withMessageContaining("starts after itself");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> FisImport.drill(TEMPLATE.replace("\"region\": \"us-east-1\"", "\"x\": 1"), "", false))
                .withMessageContaining("needs the parameter 'region'");
    }
}

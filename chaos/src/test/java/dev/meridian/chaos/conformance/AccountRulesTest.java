package dev.meridian.chaos.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.meridian.chaos.story.Regions;
import dev.meridian.node.settings.ServiceSettings;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

/**
 * Global tables of several accounts: one replica each, in a region of its own. Only Meridian is asked, and in JSON, as the SDK here does
 * not know them.
 */
class AccountRulesTest {

    private static final String ONE = "111111111111";
    private static final String TWO = "222222222222";
    private static final String THREE = "333333333333";
    private static final String ENABLED = "'GlobalTableSettingsReplicationMode':'ENABLED'";
    private static final String DEFINITION =
            "'BillingMode':'PAY_PER_REQUEST','AttributeDefinitions':[{'AttributeName':'id','AttributeType':'S'}],"
                    + "'KeySchema':[{'AttributeName':'id','KeyType':'HASH'}]";

    @Test
    @Rule(63)
    void accountsShareATableThatEachHasInARegionOfItsOwn() {
        try (Regions regions = Regions.withService(ServiceSettings.defaults())) {
            Account one = new Account(regions, ONE, Regions.US);
            Account two = new Account(regions, TWO, Regions.EU);
            Account three = new Account(regions, THREE, Regions.AP);
            source(one, "Orders", two, three);
            one.put("Orders", "a", "from one");
            assertThat(replica(two, "Orders", one, one, two, three))
                    .contains("'TableStatus':'CREATING'".replace('\'', '"'))
                    .contains(two.arn("Orders"));
            awaitReplicas(1, "Orders", one, two);
            assertThat(replica(three, "Orders", two, one, two, three)).contains("AccessDeniedException");
            assertThat(replica(three, "Orders", one, one, two, three)).contains("CREATING");
            awaitReplicas(2, "Orders", one, two, three);

            assertThat(two.get("Orders", "a")).contains("from one");
            two.put("Orders", "b", "from two");
            await(() -> one.get("Orders", "b").contains("from two")
                    && three.get("Orders", "b").contains("from two"));
            assertThat(one.describe("Orders"))
                    .contains("\"TableArn\":\"" + one.arn("Orders"))
                    .contains("\"ReplicaArn\":\"" + two.arn("Orders"))
                    .contains("\"GlobalTableSettingsReplicationMode\":\"ENABLED\"");
            assertThat(two.describe("Orders"))
                    .contains("\"TableArn\":\"" + two.arn("Orders"))
                    .contains("\"ReplicaArn\":\"" + one.arn("Orders"));

            Account oneInEurope = new Account(regions, ONE, Regions.EU);
            assertThat(oneInEurope.describe("Orders")).contains("ResourceNotFoundException");
            assertThat(oneInEurope.send("ListTables", "{}")).isEqualTo("{\"TableNames\":[]}");
            assertThat(two.send("ListTables", "{}")).isEqualTo("{\"TableNames\":[\"Orders\"]}");
            assertThat(regions.client(Regions.EU).listTables().tableNames()).isEmpty();
            assertThat(regions.converge()).isTrue();
        }
    }

    @Test
    @Rule(63)
    void writesOfTwoAccountsConflictAndTheNewerStays() {
        try (Regions regions = Regions.withService(ServiceSettings.defaults())) {
            Account one = new Account(regions, ONE, Regions.US);
            Account two = new Account(regions, TWO, Regions.EU);
            share("Carts", one, two);
            cut(regions);
            one.put("Carts", "a", "from one");
            two.put("Carts", "a", "from two");
            assertThat(one.get("Carts", "a")).contains("from one");
            regions.control("POST", "heal", "{}");
            assertThat(regions.converge()).isTrue();
            assertThat(one.get("Carts", "a")).isEqualTo(two.get("Carts", "a")).contains("from two");
            assertThat(regions.control("GET", "conflicts?table=" + ONE + "/Carts", ""))
                    .contains("from one");
        }
    }

    @Test
    @Rule(63)
    void settingsAreOfAllReplicasExceptWhatIsEachAccountsOwn() {
        try (Regions regions = Regions.withService(ServiceSettings.defaults())) {
            Account one = new Account(regions, ONE, Regions.US);
            Account two = new Account(regions, TWO, Regions.EU);
            share("Orders", one, two);
            String policy = "tables/" + ONE + "/Orders/conflict-policy";
            assertThat(regions.control("PUT", policy, "{\"policy\":\"attributes\"}"))
                    .doesNotContain("error");
            two.call(
                    "UpdateTable",
                    "Orders",
                    "'TableClass':'STANDARD_INFREQUENT_ACCESS','DeletionProtectionEnabled':true");
            assertThat(two.describe("Orders")).contains("STANDARD_INFREQUENT_ACCESS");
            one.call("UpdateTimeToLive", "Orders", "'TimeToLiveSpecification':{'Enabled':true,'AttributeName':'t'}");
            one.call("UpdateTable", "Orders", "'OnDemandThroughput':{'MaxReadRequestUnits':77}");
            await(() -> two.describe("Orders").contains("\"MaxReadRequestUnits\":77")
                    && two.call("DescribeTimeToLive", "Orders", "").contains("ENABLED"));
            assertThat(two.describe("Orders")).contains("STANDARD_INFREQUENT_ACCESS");
            assertThat(one.describe("Orders"))
                    .doesNotContain("STANDARD_INFREQUENT_ACCESS")
                    .contains("\"DeletionProtectionEnabled\":false");
            assertThat(two.call("UpdateTable", "Orders", "'GlobalTableSettingsReplicationMode':'DISABLED'"))
                    .contains("must be ENABLED");
        }
    }

    @Test
    @Rule(63)
    void anAccountDeletesItsOwnReplicaAndTheOthersStay() {
        try (Regions regions = Regions.withService(ServiceSettings.defaults())) {
            Account one = new Account(regions, ONE, Regions.US);
            Account two = new Account(regions, TWO, Regions.EU);
            source(one, "Orders", two);
            one.put("Orders", "a", "from one");
            replica(two, "Orders", one, one, two);
            awaitReplicas(1, "Orders", one, two);
            for (Account account : new Account[] {one, two}) {
                assertThat(account.call(
                                "UpdateTable",
                                "Orders",
                                "'ReplicaUpdates':[{'Create':{'RegionName':'ap-southeast-2'}}]"))
                        .contains("ReplicaUpdates are not supported for multi-account global tables");
            }
            one.deletes("Orders");
            await(() -> !two.describe("Orders").contains("\"Replicas\""));
            assertThat(two.get("Orders", "a")).contains("from one");
            two.call("UpdateTable", "Orders", "'ReplicaUpdates':[{'Create':{'RegionName':'us-east-1'}}]");
            Account twoInAmerica = new Account(regions, TWO, Regions.US);
            awaitReplicas(1, "Orders", two, twoInAmerica);
            assertThat(twoInAmerica.get("Orders", "a")).contains("from one");
            assertThat(two.describe("Orders"))
                    .contains("ENABLED_WITH_OVERRIDES")
                    .doesNotContain("ReplicaArn");
        }
    }

    @Test
    @Rule(63)
    void whatIsNoReplicaOfAnotherAccountIsRefused() {
        try (Regions regions = Regions.withService(ServiceSettings.defaults())) {
            Account one = new Account(regions, ONE, Regions.US);
            Account two = new Account(regions, TWO, Regions.EU);
            Account twoAtHome = new Account(regions, TWO, Regions.US);
            Account oneInEurope = new Account(regions, ONE, Regions.EU);
            one.call("CreateTable", "Plain", DEFINITION);
            String from = "'GlobalTableSourceArn':'" + one.arn("Plain") + "'";
            assertThat(two.call("CreateTable", "Plain", from))
                    .contains("GlobalTableSettingsReplicationMode must be ENABLED");
            assertThat(two.call("CreateTable", "Plain", from + "," + ENABLED + "," + DEFINITION))
                    .contains("cannot be given with GlobalTableSourceArn");
            assertThat(two.call("CreateTable", "Other", from + "," + ENABLED))
                    .contains("TableName must be that of the source");
            assertThat(oneInEurope.call("CreateTable", "Plain", from + "," + ENABLED))
                    .contains("is of the same account");
            assertThat(twoAtHome.call("CreateTable", "Plain", from + "," + ENABLED))
                    .contains("is of the same region");
            assertThat(two.call("CreateTable", "Plain", from + "," + ENABLED))
                    .contains("#AccessDeniedException")
                    .contains("User: arn:aws:iam::" + TWO + ":root is not authorized to perform: "
                            + "dynamodb:AssociateTableReplica on resource: " + one.arn("Plain"));

            one.send(
                    "PutResourcePolicy",
                    "{'ResourceArn':'" + one.arn("Plain") + "','Policy':'" + policy(one, "Plain", two) + "'}");
            assertThat(replica(two, "Plain", one, one, two)).contains("of the source table must be ENABLED");
            one.call("UpdateTable", "Plain", ENABLED);
            assertThat(two.call("CreateTable", "Plain", from + "," + ENABLED))
                    .contains("User: replication.dynamodb.amazonaws.com is not authorized to perform: "
                            + "dynamodb:ReadDataForReplication on resource: " + two.arn("Plain"));
            assertThat(replica(two, "Plain", one, one, two)).contains("CREATING");
            awaitReplicas(1, "Plain", one, two);
            assertThat(replica(two, "Plain", one, one, two)).contains("Table already exists: Plain");
            Account twoInAsia = new Account(regions, TWO, Regions.AP);
            assertThat(replica(twoInAsia, "Plain", one, one, two, twoInAsia))
                    .contains("has a replica of the global table already");

            one.call("CreateTable", "Global", DEFINITION);
            one.call("UpdateTable", "Global", "'ReplicaUpdates':[{'Create':{'RegionName':'ap-southeast-2'}}]");
            awaitReplicas(1, "Global", one);
            assertThat(one.call("UpdateTable", "Global", ENABLED))
                    .contains("of one account must be ENABLED_WITH_OVERRIDES");
        }
    }

    @Test
    @Rule(63)
    void aPolicyThatDeniesReplicationStopsItUntilItAllowsItAgain() {
        try (Regions regions = Regions.withService(ServiceSettings.defaults())) {
            Account one = new Account(regions, ONE, Regions.US);
            Account two = new Account(regions, TWO, Regions.EU);
            share("Orders", one, two);
            String resource = "{'ResourceArn':'" + two.arn("Orders") + "'";
            assertThat(two.send("DeleteResourcePolicy", resource + "}")).contains("RevisionId");
            await(() -> one.describe("Orders").contains("REPLICATION_NOT_AUTHORIZED")
                    && two.describe("Orders").contains("REPLICATION_NOT_AUTHORIZED"));
            one.put("Orders", "a", "from one");
            two.put("Orders", "b", "from two");
            assertThat(regions.control("POST", "converge", "{'timeoutMillis':1500}".replace('\'', '"')))
                    .contains("\"converged\":false");
            assertThat(one.get("Orders", "b")).isEqualTo("{}");
            assertThat(two.get("Orders", "a")).isEqualTo("{}");
            two.send("PutResourcePolicy", resource + ",'Policy':'" + policy(two, "Orders", one) + "'}");
            await(() -> one.get("Orders", "b").contains("from two")
                    && two.get("Orders", "a").contains("from one"));
            awaitReplicas(1, "Orders", one, two);
        }
    }

    @Test
    @Rule({18, 63})
    void aReplicaThatIsDeniedForTooLongBecomesATableOfItsOwn() {
        try (Regions regions = Regions.withService(ServiceSettings.of("denied-replica-hours = 0.0005"))) {
            Account one = new Account(regions, ONE, Regions.US);
            Account two = new Account(regions, TWO, Regions.EU);
            share("Orders", one, two);
            one.put("Orders", "a", "from one");
            await(() -> two.get("Orders", "a").contains("from one"));
            two.send("DeleteResourcePolicy", "{'ResourceArn':'" + two.arn("Orders") + "'}");
            await(() -> !one.describe("Orders").contains("\"Replicas\"")
                    && !two.describe("Orders").contains("\"Replicas\""));
            assertThat(two.describe("Orders")).doesNotContain("GlobalTableVersion");
            two.put("Orders", "b", "from two");
            assertThat(two.get("Orders", "a")).contains("from one");
            assertThat(one.get("Orders", "b")).isEqualTo("{}");
            assertThat(regions.converge()).isTrue();
        }
    }

    @Test
    @Rule(63)
    void thePolicyOfEveryReplicaDecidesOnOneThatJoins() {
        try (Regions regions = Regions.withService(ServiceSettings.defaults())) {
            Account one = new Account(regions, ONE, Regions.US);
            Account two = new Account(regions, TWO, Regions.EU);
            Account three = new Account(regions, THREE, Regions.AP);
            source(one, "Orders", two, three);
            replica(two, "Orders", one, one, two);
            awaitReplicas(1, "Orders", one, two);
            assertThat(replica(three, "Orders", one, one, two, three))
                    .contains("#AccessDeniedException")
                    .contains("dynamodb:ReadDataForReplication on resource: " + two.arn("Orders"));
            two.send(
                    "PutResourcePolicy",
                    "{'ResourceArn':'" + two.arn("Orders") + "','Policy':'" + policy(two, "Orders", one, three) + "'}");
            cut(regions);
            assertThat(replica(three, "Orders", one, one, two, three))
                    .contains("The policy of every replica decides, and region eu-west-1 cannot be reached");
            regions.control("POST", "heal", "{}");
            assertThat(replica(three, "Orders", one, one, two, three)).contains("CREATING");
            awaitReplicas(2, "Orders", one, two, three);
        }
    }

    @Test
    @Rule(63)
    void whereTheAnswerIsLostTheReplicaIsMadeWithAllThatWasAskedFor() {
        try (Regions regions = Regions.withService(ServiceSettings.defaults())) {
            Account one = new Account(regions, ONE, Regions.US);
            Account two = new Account(regions, TWO, Regions.EU);
            source(one, "Orders", two);
            regions.control("POST", "links/us-east-1/eu-west-1:cut", "{}");
            assertThat(two.call(
                            "CreateTable",
                            "Orders",
                            "'GlobalTableSourceArn':'" + one.arn("Orders") + "'," + ENABLED
                                    + ",'TableClass':'STANDARD_INFREQUENT_ACCESS','Tags':[{'Key':'team','Value':'two'}]"
                                    + ",'ResourcePolicy':'" + policy(two, "Orders", one) + "'"))
                    .contains("InternalServerError");
            regions.control("POST", "heal", "{}");
            awaitReplicas(1, "Orders", one, two);
            assertThat(two.describe("Orders")).contains("STANDARD_INFREQUENT_ACCESS");
            String resource = "{'ResourceArn':'" + two.arn("Orders") + "'}";
            assertThat(two.send("ListTagsOfResource", resource)).contains("team");
            assertThat(two.send("GetResourcePolicy", resource)).contains("WriteDataForReplication");
            assertThat(one.describe("Orders")).doesNotContain("STANDARD_INFREQUENT_ACCESS");
        }
    }

    @Test
    @Rule(63)
    void aSourceThatCannotBeReachedIsSaidSo() {
        try (Regions regions = Regions.withService(ServiceSettings.defaults())) {
            Account one = new Account(regions, ONE, Regions.US);
            Account two = new Account(regions, TWO, Regions.EU);
            source(one, "Orders", two);
            cut(regions);
            assertThat(replica(two, "Orders", one, one, two)).contains("InternalServerError");
            regions.control("POST", "heal", "{}");
            assertThat(replica(two, "Orders", one, one, two)).contains("CREATING");
            awaitReplicas(1, "Orders", one, two);
        }
    }

    private static void cut(Regions regions) {
        regions.control("POST", "links/us-east-1/eu-west-1:cut", "{}");
        regions.control("POST", "links/eu-west-1/us-east-1:cut", "{}");
    }

    /** A table of the one, with a replica of the other that is in use. */
    private static void share(String table, Account one, Account two) {
        source(one, table, two);
        replica(two, table, one, one, two);
        awaitReplicas(1, table, one, two);
    }

    private static void source(Account owner, String table, Account... others) {
        assertThat(owner.call(
                        "CreateTable",
                        table,
                        DEFINITION + "," + ENABLED + ",'ResourcePolicy':'" + policy(owner, table, others) + "'"))
                .contains("TableDescription");
        await(() -> owner.describe(table).contains("\"TableStatus\":\"ACTIVE\""));
    }

    private static String replica(Account account, String table, Account source, Account... all) {
        return account.call(
                "CreateTable",
                table,
                "'GlobalTableSourceArn':'" + source.arn(table) + "'," + ENABLED + ",'ResourcePolicy':'"
                        + policy(account, table, all).replace("AssociateTableReplica", "DescribeTable") + "'");
    }

    /** A policy that lets the others join, and the service replicate among all. */
    private static String policy(Account owner, String table, Account... others) {
        StringBuilder accounts = new StringBuilder("~" + owner.number() + "~");
        StringBuilder arns = new StringBuilder("~" + owner.arn(table) + "~");
        StringBuilder joining = new StringBuilder();
        for (Account other : others) {
            accounts.append(",~").append(other.number()).append('~');
            arns.append(",~").append(other.arn(table)).append('~');
            joining.append(joining.length() == 0 ? "~" : ",~")
                    .append(other.number())
                    .append('~');
        }
        String text =
                "{~Version~:~2012-10-17~,~Statement~:[{~Effect~:~Allow~,~Action~:[~dynamodb:ReadDataForReplication~,"
                        + "~dynamodb:WriteDataForReplication~,~dynamodb:ReplicateSettings~],~Resource~:~"
                        + owner.arn(table)
                        + "~,~Principal~:{~Service~:[~replication.dynamodb.amazonaws.com~]},~Condition~:{~StringEquals~:{"
                        + "~aws:SourceAccount~:[" + accounts + "],~aws:SourceArn~:[" + arns
                        + "]}}},{~Effect~:~Allow~,~Action~:["
                        + "~dynamodb:AssociateTableReplica~],~Resource~:~" + owner.arn(table) + "~,~Principal~:{~AWS~:["
                        + joining
                        + "]}}]}";
        return text.replace("~", "\\'");
    }

    private static void awaitReplicas(int others, String table, Account... accounts) {
        for (Account account : accounts) {
            await(() -> {
                String described = account.describe(table);
                return described.contains("\"TableStatus\":\"ACTIVE\"")
                        && described.split("\"ReplicaStatus\":\"ACTIVE\"", -1).length == others + 1;
            });
        }
    }

    static void await(BooleanSupplier condition) {
        long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("not in time");
            }
            Thread.onSpinWait();
        }
    }
}

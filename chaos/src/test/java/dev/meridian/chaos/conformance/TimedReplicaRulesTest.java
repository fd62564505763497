package dev.meridian.chaos.conformance;

import static dev.meridian.chaos.conformance.GlobalTarget.AWAY;
import static dev.meridian.chaos.conformance.GlobalTarget.HOME;
import static dev.meridian.chaos.conformance.GlobalTarget.refuses;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Rules that show only while something takes its time: Meridian at a hundredth of the service's. */
class TimedReplicaRulesTest {

    private static GlobalTarget target;

    @BeforeAll
    static void start() {
        target = GlobalTarget.meridian("control-plane-time = 0.01");
    }

    @AfterAll
    static void stop() throws Exception {
        target.close();
    }

    @Test
    @Rule({4, 13})
    void whileAReplicaIsMadeNothingElseIsChangedAndItOnlyDescribesItself() {
        String name = target.table();
        target.put(HOME, name, "1", "x");
        target.home()
                .updateTable(request -> request.tableName(name)
                        .replicaUpdates(update -> update.create(region -> region.regionName(AWAY))));
        target.await(() -> !target.status(AWAY, name).isEmpty());

        assertThat(target.status(AWAY, name)).isEqualTo("CREATING");
        refuses("ResourceNotFoundException", "", () -> target.put(AWAY, name, "2", "x"));
        refuses("ResourceInUseException", "", () -> target.away().deleteTable(request -> request.tableName(name)));
        assertThat(target.status(HOME, name)).isEqualTo("UPDATING");
        refuses(
                "ResourceInUseException",
                "Attempt to change a resource which is still in use: Table is being updated: " + name,
                () -> target.home()
                        .updateTable(request -> request.tableName(name)
                                .replicaUpdates(update -> update.delete(region -> region.regionName(AWAY)))));
        refuses(
                "ResourceInUseException",
                "",
                () -> target.home()
                        .updateTable(request -> request.tableName(name).deletionProtectionEnabled(true)));
        target.put(HOME, name, "3", "x");

        target.awaitReplica(name);
        target.await(() -> target.get(AWAY, name, "3").equals("x"));
    }

    @Test
    @Rule(16)
    void aSourceStaysWhileWhatWasCopiedFromItIsYoungAndThere() {
        String name = target.globalTable();
        String text =
                "Replica cannot be deleted because it has acted as a source region for new replica(s) being added to "
                        + "the table in the last 24 hours.";
        refuses(
                "ValidationException",
                text,
                () -> target.away()
                        .updateTable(request -> request.tableName(name)
                                .replicaUpdates(update -> update.delete(region -> region.regionName(HOME)))));
        refuses("ValidationException", text, () -> target.home().deleteTable(request -> request.tableName(name)));

        target.home()
                .updateTable(request -> request.tableName(name)
                        .replicaUpdates(update -> update.delete(region -> region.regionName(AWAY))));
        target.await(() -> target.status(AWAY, name).isEmpty()
                && !target.describe(HOME, name).hasReplicas());
        target.home().deleteTable(request -> request.tableName(name));
        target.await(() -> target.status(HOME, name).isEmpty());
    }
}

package dev.meridian.node.wire;

import static dev.meridian.node.wire.WireTarget.on;
import static dev.meridian.node.wire.WireTarget.refusesAsInvalid;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** UpdateTimeToLive and DescribeTimeToLive. */
class TimeToLiveTest {

    private static String specification(boolean enabled, String attribute) {
        return "'TimeToLiveSpecification':{'Enabled':" + enabled + ",'AttributeName':'" + attribute + "'}";
    }

    @Test
    void isTurnedOnAndOffOncePerAttribute() {
        String table = WireTarget.table("id:S");
        assertThat(WireTarget.answer("DescribeTimeToLive", on(table, "")))
                .isEqualTo("{\"TimeToLiveDescription\":{\"TimeToLiveStatus\":\"DISABLED\"}}");
        refusesAsInvalid("UpdateTimeToLive", on(table, specification(false, "ttl")), "TimeToLive is already disabled");
        assertThat(WireTarget.answer("UpdateTimeToLive", on(table, specification(true, "ttl"))))
                .isEqualTo("{\"TimeToLiveSpecification\":{\"Enabled\":true,\"AttributeName\":\"ttl\"}}");
        assertThat(WireTarget.answer("DescribeTimeToLive", on(table, "")))
                .contains("\"TimeToLiveStatus\":\"ENABLED\"")
                .contains("\"AttributeName\":\"ttl\"");
        refusesAsInvalid("UpdateTimeToLive", on(table, specification(true, "ttl")), "TimeToLive is already enabled");
        refusesAsInvalid(
                "UpdateTimeToLive",
                on(table, specification(false, "other")),
                "TimeToLive is active on a different AttributeName: current AttributeName is ttl");
        WireTarget.answer("UpdateTimeToLive", on(table, specification(false, "ttl")));
        assertThat(WireTarget.answer("DescribeTimeToLive", on(table, ""))).contains("DISABLED");
    }

    @Test
    void refusesWhatIsIncomplete() {
        String table = WireTarget.table("id:S");
        refusesAsInvalid(
                "UpdateTimeToLive",
                on(table, "'TimeToLiveSpecification':{'Enabled':true}"),
                "1 validation error detected: Value null at 'timeToLiveSpecification.attributeName' failed to satisfy "
                        + "constraint: Member must not be null");
        WireTarget.refuses(
                "UpdateTimeToLive",
                on("nowhere-to-be-found", specification(true, "ttl")),
                "ResourceNotFoundException",
                "Requested resource not found: Table: nowhere-to-be-found not found");
    }
}

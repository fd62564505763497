package dev.meridian.node.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import org.junit.jupiter.api.Test;

/** Meridian's own resources on a region's port. */
class MetricsTest {

    private static RawHttp.Response get(String path) throws IOException {
        assumeTrue(System.getProperty("target", "").isEmpty(), "only Meridian has them");
        try (RawHttp http = new RawHttp(WireTarget.uri())) {
            return http.exchange(RawHttp.ascii("GET " + path + " HTTP/1.1\r\nHost: x\r\n\r\n"));
        }
    }

    @Test
    void countsRequests() throws IOException {
        WireTarget.answer("ListTables", "{}");
        assertThat(get("/metrics").text())
                .contains("# TYPE meridian_requests_seconds histogram")
                .contains(
                        "meridian_requests_seconds_count{region=\"us-east-1\",operation=\"ListTables\",outcome=\"ok\"}");
    }

    @Test
    void isReady() throws IOException {
        assertThat(get("/ready").status()).isEqualTo(200);
        assertThat(get("/health").text()).contains("\"us-east-1\":\"live\"");
    }
}

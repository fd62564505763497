package dev.meridian.node.http;

import static dev.meridian.node.wire.RawHttp.ascii;
import static dev.meridian.node.wire.RawHttp.call;
import static dev.meridian.node.wire.RawHttp.join;
import static org.assertj.core.api.Assertions.assertThat;

import dev.meridian.node.wire.RawHttp;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class BodyReaderTest {

    private static final int MAX = BodyReader.BODY_BYTES_MAX;
    private static final AtomicInteger calls = new AtomicInteger();
    private static OpenDoor open;

    /** Answers with the number of bytes that came and their sum. */
    @BeforeAll
    static void openDoor() {
        open = new OpenDoor((account, operation, body, answering) -> {
            calls.incrementAndGet();
            return CompletableFuture.completedFuture(ascii(told(body)));
        });
    }

    @AfterAll
    static void closeDoor() {
        open.close();
    }

    private static String told(byte[] body) {
        return body.length + ":" + Arrays.hashCode(body);
    }

    private static byte[] body(int length) {
        byte[] body = new byte[length];
        for (int i = 0; i < length; i++) {
            body[i] = (byte) (i * 31 + i / 251);
        }
        return body;
    }

    private static byte[] chunked(byte[] body, int chunkBytes) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(ascii("POST / HTTP/1.1\r\nHost: x\r\nX-Amz-Target: DynamoDB_20120810.GetItem\r\n"
                + "Content-Type: application/x-amz-json-1.0\r\nTransfer-Encoding: chunked\r\n\r\n"));
        for (int from = 0; from < body.length; from += chunkBytes) {
            int length = Math.min(chunkBytes, body.length - from);
            out.writeBytes(ascii(Integer.toHexString(length) + "\r\n"));
            out.write(body, from, length);
            out.writeBytes(ascii("\r\n"));
        }
        out.writeBytes(ascii("0\r\n\r\n"));
        return out.toByteArray();
    }

    private static byte[] gzip(byte[] body) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(body);
        }
        return out.toByteArray();
    }

    @Test
    void takesBodiesOfEverySizeUpToTheLimit() throws IOException {
        try (RawHttp http = open.connect()) {
            for (int length : new int[] {0, 1, 100, 8_192, 70_000, 1_000_000, MAX}) {
                byte[] body = body(length);
                assertThat(http.exchange(call("GetItem", body)).text()).isEqualTo(told(body));
            }
        }
    }

    @Test
    void takesChunkedBodies() throws IOException {
        byte[] body = body(200_000);
        for (int chunkBytes : new int[] {7, 1_000, 65_536}) {
            assertThat(open.exchange(chunked(body, chunkBytes)).text()).isEqualTo(told(body));
        }
    }

    @Test
    void refusesMoreThan16MegabytesAndTheClientSeesIt() throws IOException {
        int before = calls.get();
        try (RawHttp http = open.connect()) {
            RawHttp.Response response = http.exchange(call("GetItem", body(MAX + 1)));

            assertThat(response.status()).isEqualTo(413);
            assertThat(response.body()).isEmpty();
            assertThat(http.isClosedByPeer()).isTrue();
        }
        assertThat(calls).hasValue(before);
    }

    @Test
    void refusesMoreThan16MegabytesInChunks() throws IOException {
        assertThat(open.exchange(chunked(body(MAX + 1), 100_000)).status()).isEqualTo(413);
    }

    @Test
    void inflatesGzip() throws IOException {
        byte[] body = body(300_000);
        assertThat(open.exchange(call("GetItem", gzip(body), "Content-Encoding: gzip"))
                        .text())
                .isEqualTo(told(body));
    }

    @Test
    void inflatesSeveralGzipMembersInARow() throws IOException {
        byte[] members = join(gzip(body(10)), gzip(new byte[0]), gzip(body(20)));
        assertThat(open.exchange(call("GetItem", members, "Content-Encoding: gzip"))
                        .text())
                .isEqualTo(told(join(body(10), body(20))));
    }

    @Test
    void refusesABombWithoutInflatingItAll() throws IOException {
        int before = calls.get();
        byte[] bomb = gzip(new byte[200 << 20]);
        assertThat(bomb.length).isLessThan(1 << 20);

        assertThat(open.exchange(call("GetItem", bomb, "Content-Encoding: gzip"))
                        .status())
                .isEqualTo(413);
        assertThat(calls).hasValue(before);
    }

    @Test
    void inflatesExactlyToTheLimitAndNotAByteMore() throws IOException {
        assertThat(open.exchange(call("GetItem", gzip(new byte[MAX]), "Content-Encoding: gzip"))
                        .status())
                .isEqualTo(200);
        assertThat(open.exchange(call("GetItem", gzip(new byte[MAX + 1]), "Content-Encoding: gzip"))
                        .status())
                .isEqualTo(413);
    }

    @Test
    void refusesBrokenGzipAsTheServiceDoes() throws IOException {
        byte[] good = gzip(body(1_000));
        byte[] flipped = good.clone();
        flipped[flipped.length - 6] ^= 1;
        byte[][] broken = {
            new byte[0], ascii("{}"), Arrays.copyOf(good, good.length - 3), flipped, join(good, ascii("junk after it"))
        };
        for (byte[] body : broken) {
            RawHttp.Response response = open.exchange(call("GetItem", body, "Content-Encoding: gzip"));
            assertThat(response.status()).isEqualTo(500);
            assertThat(response.text()).contains("InternalFailure");
        }
    }

    @Test
    void refusesOtherEncodings() throws IOException {
        RawHttp.Response response = open.exchange(call("GetItem", "{}", "Content-Encoding: br"));
        assertThat(response.status()).isEqualTo(400);
        assertThat(response.text()).contains("SerializationException");
    }

    @Test
    void refusesHeadersOfMoreThan16Kilobytes() throws IOException {
        assertThat(open.exchange(call("GetItem", "{}", "X-Long: " + "x".repeat(15_000)))
                        .status())
                .isEqualTo(200);
        assertThat(open.exchange(call("GetItem", "{}", "X-Long: " + "x".repeat(17_000)))
                        .status())
                .isEqualTo(400);
        assertThat(open.exchange(ascii("GET /" + "x".repeat(17_000) + " HTTP/1.1\r\nHost: x\r\n\r\n"))
                        .status())
                .isEqualTo(400);
    }

    @Test
    void survivesWhatIsNoHttp() throws IOException {
        for (byte[] noise : new byte[][] {
            ascii("\r\n\r\nnoise\r\n\r\n"), ascii("GET\r\n\r\n"), ascii("POST / HTTP/1.1\r\nContent-Length: -5\r\n\r\n")
        }) {
            assertThat(open.exchange(noise).status()).isEqualTo(400);
        }
        assertThat(open.exchange(call("GetItem", "{}")).status()).isEqualTo(200);
    }

    @Test
    void goesOnWhenAClientLeavesInTheMiddle() throws IOException {
        byte[] whole = call("GetItem", body(100_000));
        for (int i = 0; i < 20; i++) {
            try (RawHttp http = open.connect()) {
                http.send(Arrays.copyOf(whole, 50_000));
            }
        }
        assertThat(open.exchange(whole).status()).isEqualTo(200);
    }
}

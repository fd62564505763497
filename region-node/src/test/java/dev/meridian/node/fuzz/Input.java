package dev.meridian.node.fuzz;

import static dev.meridian.node.fuzz.Hostile.pick;

import dev.meridian.node.wire.RawHttp;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPOutputStream;

/**
 * One request as a seed makes it.
 *
 * @param framed whether its head is in order, so that an answer is due and the connection goes on
 */
record Input(String operation, byte[] body, List<String> headers, boolean framed) {

    private static final List<List<String>> ODD = List.of(
            List.of("Content-Type: application/x-amz-json-1.1"),
            List.of("Content-Type: text/html"),
            List.of("Content-Type: application/x-amz-json-1.0; charset=utf-16"),
            List.of("Content-Encoding: deflate"),
            List.of("Content-Encoding: gzip"),
            List.of("X-Amz-Target: DynamoDB_20120810.GetItem"),
            List.of("X-Amz-Date: yesterday", "Authorization: AWS4-HMAC-SHA256 Credential=/////, Signature"),
            List.of("Authorization: " + "x".repeat(4_000)),
            List.of("Accept-Encoding: gzip;q=0, identity;q=-1", "Expect: nothing"),
            List.of("Cookie: \u00ff\u0080", "X-Amz-Content-Sha256: 0"),
            List.of("Host: fuzz-table.elsewhere:99999", "Origin: null"));

    private static final List<List<String>> MALFORMED = List.of(
            List.of("Transfer-Encoding: chunked"),
            List.of("Transfer-Encoding: gzip, chunked"),
            List.of("Content-Length: 1"),
            List.of("Content-Length: -1"),
            List.of("No colon here"),
            List.of("X-Long: " + "x".repeat(20_000)),
            List.of(" folded"),
            List.of("Nul\0: x\0"));

    static Input of(long seed) {
        Random random = new Random(seed);
        Bodies bodies = new Bodies(random);
        String sample = bodies.sample();
        int space = sample.indexOf(' ');
        String operation = sample.substring(0, space);
        byte[] body = bodies.broken(sample.substring(space + 1));
        return switch (random.nextInt(60)) {
            case 0, 1, 2 -> new Input(operation, body, pick(ODD, random), true);
            case 3 -> new Input(operation, gzip(body), List.of("Content-Encoding: gzip"), true);
            case 4 -> new Input(operation, body, pick(MALFORMED, random), false);
            case 5 -> new Input(pick(List.of("", "X", "Query2", "query", "%00"), random), body, List.of(), true);
            default -> new Input(operation, body, List.of(), true);
        };
    }

    private static byte[] gzip(byte[] body) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(body);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        return bytes.toByteArray();
    }

    /** The whole request, meant for this table. */
    byte[] request(String table) {
        String service = operation.endsWith("Stream")
                        || operation.equals("GetRecords")
                        || operation.equals("ListStreams")
                        || operation.equals("GetShardIterator")
                ? "DynamoDBStreams_20120810."
                : "DynamoDB_20120810.";
        byte[] named = new String(body, StandardCharsets.ISO_8859_1)
                .replace("fuzz-table", table)
                .getBytes(StandardCharsets.ISO_8859_1);
        StringBuilder head = new StringBuilder("POST / HTTP/1.1\r\n");
        headers.forEach(header -> head.append(header).append("\r\n"));
        if (headers.stream().noneMatch(header -> header.startsWith("Content-Type"))) {
            head.append("Content-Type: application/x-amz-json-1.0\r\n");
        }
        head.append("Host: localhost\r\nX-Amz-Target: ").append(service).append(operation);
        head.append("\r\nContent-Length: ").append(named.length).append("\r\n\r\n");
        return RawHttp.join(head.toString().getBytes(StandardCharsets.ISO_8859_1), named);
    }

    /** What to show of it where it failed. */
    String shown() {
        String text = new String(body, StandardCharsets.ISO_8859_1);
        return operation + " " + headers + "\n" + (text.length() > 3_000 ? text.substring(0, 3_000) + "…" : text);
    }
}

package dev.meridian.node.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.meridian.table.model.ServiceException;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.zip.CRC32;

/** Writes answers with the headers the service's have; on the connection's event loop. */
final class ServiceReply {

    static final CharSequence SERVER = HttpHeaders.createOptimized("meridian/" + version());
    static final CharSequence JSON_1_0 = HttpHeaders.createOptimized("application/x-amz-json-1.0");
    static final CharSequence SESSION = HttpHeaders.createOptimized(Sessions.HEADER);
    private static final CharSequence REQUEST_ID = HttpHeaders.createOptimized("x-amzn-RequestId");
    private static final CharSequence CRC = HttpHeaders.createOptimized("x-amz-crc32");
    private static final CharSequence REGION = HttpHeaders.createOptimized("x-meridian-region");
    private static final CharSequence EXPOSED = HttpHeaders.createOptimized(
            "x-amzn-RequestId, x-amzn-ErrorType, x-amz-crc32, x-meridian-region, x-meridian-session, Date");
    private static final DateTimeFormatter HTTP_DATE = DateTimeFormatter.RFC_1123_DATE_TIME.withZone(ZoneOffset.UTC);
    private static final JsonFactory JSON = new JsonFactory();

    private final String region;
    private final InstantSource clock;
    private volatile CachedDate date = new CachedDate(Long.MIN_VALUE, "");

    private record CachedDate(long second, String text) {}

    ServiceReply(String region, InstantSource clock) {
        this.region = region;
        this.clock = clock;
    }

    private static String version() {
        String version = ServiceReply.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }

    /** Ends the response, unless the client has gone. */
    void send(HttpServerRequest request, int status, CharSequence contentType, byte[] body, String id) {
        HttpServerResponse response = request.response();
        if (response.ended() || response.closed()) {
            return;
        }
        response.setStatusCode(status)
                .putHeader(HttpHeaders.CONTENT_TYPE, contentType)
                .putHeader(REQUEST_ID, id)
                .putHeader(CRC, crc(body))
                .putHeader(HttpHeaders.SERVER, SERVER)
                .putHeader(HttpHeaders.DATE, date())
                .putHeader(REGION, region);
        if (request.getHeader(HttpHeaders.ORIGIN) != null) {
            response.putHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_ORIGIN, "*")
                    .putHeader(HttpHeaders.ACCESS_CONTROL_EXPOSE_HEADERS, EXPOSED);
        }
        response.end(Buffer.buffer(body));
    }

    /** Says so, and closes the connection when that is out: Vert.x alone leaves it to the client. */
    static void closeAfter(HttpServerRequest request) {
        request.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
        request.response().endHandler(sent -> request.connection().close());
    }

    static String crc(byte[] body) {
        CRC32 crc = new CRC32();
        crc.update(body);
        return Long.toString(crc.getValue());
    }

    /** The body of an error: its type, its text unless empty, and what else belongs to it. */
    static byte[] body(ServiceException error) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
        try (JsonGenerator json = JSON.createGenerator(bytes)) {
            json.writeStartObject();
            json.writeStringField("__type", error.type());
            String text = error.getMessage();
            if (text != null && !text.isEmpty()) {
                json.writeStringField(textMember(error.type()), text);
            }
            for (Map.Entry<String, byte[]> member : error.members().entrySet()) {
                json.writeFieldName(member.getKey());
                json.writeRawValue(new String(member.getValue(), StandardCharsets.UTF_8));
            }
            json.writeEndObject();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        return bytes.toByteArray();
    }

    /** The service writes the text of most errors as {@code message} and of these as {@code Message}. */
    private static String textMember(String type) {
        return switch (type.substring(type.indexOf('#') + 1)) {
            case "SerializationException", "TransactionCanceledException", "AccessDeniedException" -> "Message";
            default -> "message";
        };
    }

    /** The region's own idea of the time: SDKs set their clocks by it. */
    private String date() {
        long second = Math.floorDiv(clock.millis(), 1_000L);
        CachedDate cached = date;
        if (cached.second() != second) {
            cached = new CachedDate(second, HTTP_DATE.format(Instant.ofEpochSecond(second)));
            date = cached;
        }
        return cached.text();
    }
}

package dev.meridian.node.http;

import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;

/** Gathers a request's body, no larger than the service takes: 16 MB, counted after inflation. */
final class BodyReader {

    static final int BODY_BYTES_MAX = 16 << 20;
    private static final int CHUNK_BYTES = 8_192;

    /** Why there is no body. */
    enum Failure {
        TOO_LARGE,
        NOT_GZIP
    }

    private BodyReader() {}

    static void read(HttpServerRequest request, Handler<byte[]> whole, Handler<Failure> failed) {
        Buffer[] body = {null};
        boolean[] over = {false};
        request.handler(chunk -> {
            if (over[0]) {
                return;
            }
            long length = chunk.length() + (body[0] == null ? 0L : body[0].length());
            if (length > BODY_BYTES_MAX) {
                over[0] = true;
                body[0] = null;
                failed.handle(Failure.TOO_LARGE);
            } else if (body[0] == null) {
                body[0] = chunk;
            } else {
                body[0] = body[0].copy().appendBuffer(chunk);
            }
        });
        request.endHandler(end -> {
            if (!over[0]) {
                finish(request, body[0] == null ? new byte[0] : body[0].getBytes(), whole, failed);
            }
        });
    }

    private static void finish(HttpServerRequest request, byte[] body, Handler<byte[]> whole, Handler<Failure> failed) {
        String encoding = request.getHeader("Content-Encoding");
        if (encoding == null || encoding.equalsIgnoreCase("identity") || !encoding.equalsIgnoreCase("gzip")) {
            whole.handle(body);
            return;
        }
        try (InputStream inflated = new GZIPInputStream(new java.io.ByteArrayInputStream(body))) {
            ByteArrayOutputStream out = new ByteArrayOutputStream(body.length * 4);
            byte[] chunk = new byte[CHUNK_BYTES];
            for (int read = inflated.read(chunk); read >= 0; read = inflated.read(chunk)) {
                out.write(chunk, 0, read);
                if (out.size() > BODY_BYTES_MAX) {
                    failed.handle(Failure.TOO_LARGE);
                    return;
                }
            }
            whole.handle(out.toByteArray());
        } catch (IOException corrupt) {
            failed.handle(Failure.NOT_GZIP);
        }
    }
}

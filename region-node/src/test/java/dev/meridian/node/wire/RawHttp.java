package dev.meridian.node.wire;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/** One HTTP/1.1 connection, byte for byte: nothing is added to what a test sends. */
public final class RawHttp implements AutoCloseable {

    private static final int READ_MILLIS_MAX = 20_000;

    private final Socket socket = new Socket();
    private final InputStream in;

    /** One answer; header names in lower case. */
    public record Response(int status, Map<String, String> headers, byte[] body) {

        public String text() {
            return new String(body, StandardCharsets.UTF_8);
        }

        public String header(String name) {
            return headers.getOrDefault(name.toLowerCase(java.util.Locale.ROOT), "");
        }
    }

    public RawHttp(int port) throws IOException {
        this(URI.create("http://127.0.0.1:" + port));
    }

    public RawHttp(URI target) throws IOException {
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(READ_MILLIS_MAX);
        socket.connect(new InetSocketAddress(target.getHost(), target.getPort()), READ_MILLIS_MAX);
        in = new BufferedInputStream(socket.getInputStream());
    }

    /** A whole call of an operation. */
    public static byte[] call(String operation, byte[] body, String... headers) {
        StringBuilder head = new StringBuilder("POST / HTTP/1.1\r\nHost: localhost\r\n")
                .append("X-Amz-Target: DynamoDB_20120810.")
                .append(operation)
                .append("\r\nContent-Type: application/x-amz-json-1.0\r\nContent-Length: ")
                .append(body.length)
                .append("\r\n");
        for (String header : headers) {
            head.append(header).append("\r\n");
        }
        return join(ascii(head.append("\r\n").toString()), body);
    }

    public static byte[] call(String operation, String json, String... headers) {
        return call(operation, json.getBytes(StandardCharsets.UTF_8), headers);
    }

    public static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    public static byte[] join(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }

    public RawHttp send(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        socket.getOutputStream().flush();
        return this;
    }

    public Response exchange(byte[] bytes) throws IOException {
        return send(bytes).receive();
    }

    /** The next answer; fails with {@link EOFException} where the peer closed instead. */
    public Response receive() throws IOException {
        String status = line();
        Map<String, String> headers = new TreeMap<>();
        for (String header = line(); !header.isEmpty(); header = line()) {
            int colon = header.indexOf(':');
            headers.put(
                    header.substring(0, colon).toLowerCase(java.util.Locale.ROOT),
                    header.substring(colon + 1).strip());
        }
        int length = Integer.parseInt(headers.getOrDefault("content-length", "0"));
        byte[] body = in.readNBytes(length);
        if (body.length < length) {
            throw new EOFException("the body ended early");
        }
        return new Response(Integer.parseInt(status.split(" ")[1]), headers, body);
    }

    /** Whether the peer closes the connection without sending anything more. */
    public boolean isClosedByPeer() throws IOException {
        try {
            return in.read() < 0;
        } catch (java.net.SocketException reset) {
            return true;
        }
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new EOFException("closed by the peer");
            }
            if (next != '\r') {
                line.append((char) next);
            }
        }
        return line.toString();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}

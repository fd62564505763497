package dev.meridian.gatling.bench;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * One keep-alive connection that never waits, with one request on its way at a time. It understands just enough HTTP/1.1
 * to cost the machine little beside the server. Not thread-safe.
 */
final class Connection implements AutoCloseable {

    private static final int BUFFER_BYTES = 8_192;

    private final String host;
    private final SocketChannel channel;
    private ByteBuffer outgoing = ByteBuffer.allocate(0);
    private ByteBuffer incoming = ByteBuffer.allocate(BUFFER_BYTES);

    Connection(URI server) throws IOException {
        host = server.getHost() + ":" + server.getPort();
        channel = SocketChannel.open(new InetSocketAddress(server.getHost(), server.getPort()));
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        channel.configureBlocking(false);
    }

    /** Reading is what it waits for first. */
    SelectionKey register(Selector selector) throws IOException {
        return channel.register(selector, SelectionKey.OP_READ);
    }

    /** Takes up a request; {@link #flush} sends it. */
    void begin(Request request) {
        String text = "POST / HTTP/1.1\r\nHost: " + host
                + "\r\nContent-Type: application/x-amz-json-1.0\r\nX-Amz-Target: DynamoDB_20120810."
                + request.operation()
                + "\r\nX-Amz-Date: 20260101T000000Z\r\nAuthorization: AWS4-HMAC-SHA256 "
                + "Credential=local/20260101/us-east-1/dynamodb/aws4_request, "
                + "SignedHeaders=host;x-amz-date;x-amz-target, Signature=0"
                + "\r\nContent-Length: " + request.body().length() + "\r\n\r\n" + request.body();
        outgoing = ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
        incoming.clear();
    }

    /** Sends as much of the request as the system takes now. True: all of it. */
    boolean flush() throws IOException {
        channel.write(outgoing);
        return !outgoing.hasRemaining();
    }

    /** Reads what has come; the answer, when that was the rest of it. */
    Optional<Answer> receive() throws IOException {
        if (!incoming.hasRemaining()) {
            incoming = ByteBuffer.allocate(2 * incoming.capacity()).put(incoming.flip());
        }
        if (channel.read(incoming) < 0) {
            throw new EOFException(host + " closed the connection");
        }
        return Answer.parse(incoming.array(), incoming.position());
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}

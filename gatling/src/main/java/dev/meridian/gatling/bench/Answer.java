package dev.meridian.gatling.bench;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** An answer of a server: Content-Length or chunks, all of it ASCII. */
record Answer(int status, String body) {

    private static final String LENGTH = "\r\ncontent-length:";
    private static final String CHUNKED = "\r\ntransfer-encoding: chunked";
    private static final String END_OF_LINE = "\r\n";
    private static final String END_OF_HEAD = "\r\n\r\n";
    /** Between 'HTTP/1.1 ' and the reason. */
    private static final int STATUS_FROM = 9;

    private static final int STATUS_TO = 12;

    /** The answer in the first bytes of an array; empty while it isn't all there. */
    static Optional<Answer> parse(byte[] bytes, int length) {
        String text = new String(bytes, 0, length, StandardCharsets.ISO_8859_1);
        int headLength = text.indexOf(END_OF_HEAD);
        if (headLength < 0) {
            return Optional.empty();
        }
        int status = Integer.parseInt(text, STATUS_FROM, STATUS_TO, 10);
        int bodyFrom = headLength + END_OF_HEAD.length();
        int lengthFrom = indexOf(text, LENGTH, headLength);
        if (lengthFrom < 0) {
            return indexOf(text, CHUNKED, headLength) < 0
                    ? Optional.of(new Answer(status, ""))
                    : chunks(text, bodyFrom).map(body -> new Answer(status, body));
        }
        int valueFrom = lengthFrom + LENGTH.length();
        int bodyLength = Integer.parseInt(
                text.substring(valueFrom, text.indexOf(END_OF_LINE, valueFrom)).strip());
        return text.length() < bodyFrom + bodyLength
                ? Optional.empty()
                : Optional.of(new Answer(status, text.substring(bodyFrom, bodyFrom + bodyLength)));
    }

    /** Where a header begins in the head, whatever its case; -1: nowhere. */
    private static int indexOf(String text, String header, int headLength) {
        for (int at = text.indexOf('\r'); at >= 0 && at < headLength; at = text.indexOf('\r', at + 1)) {
            if (text.regionMatches(true, at, header, 0, header.length())) {
                return at;
            }
        }
        return -1;
    }

    private static Optional<String> chunks(String text, int from) {
        StringBuilder body = new StringBuilder();
        int at = from;
        while (true) {
            int endOfSize = text.indexOf(END_OF_LINE, at);
            if (endOfSize < 0) {
                return Optional.empty();
            }
            int size = Integer.parseInt(text, at, endOfSize, 16);
            int chunk = endOfSize + END_OF_LINE.length();
            at = chunk + size + END_OF_LINE.length();
            if (text.length() < at) {
                return Optional.empty();
            }
            if (size == 0) {
                return Optional.of(body.toString());
            }
            body.append(text, chunk, chunk + size);
        }
    }
}

package dev.meridian.node.http;

import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Inflates a gzip body of one or more members. Stricter than the JDK's stream: bytes after the last member are refused, and
 * output is counted as it grows, so that a few kilobytes cannot become gigabytes.
 */
final class Gunzip {

    private static final int HEADER_BYTES = 10;
    private static final int TRAILER_BYTES = 8;
    private static final int HEADER_CRC = 2;
    private static final int EXTRA = 4;
    private static final int NAME = 8;
    private static final int COMMENT = 16;
    private static final int FIRST_BYTES = 16 << 10;

    /** The body is not gzip. */
    static final class MalformedGzipException extends Exception {
        private static final long serialVersionUID = 1L;

        MalformedGzipException() {
            super("not gzip", null, false, false);
        }
    }

    /** The body inflates to more than is allowed. */
    static final class TooLargeException extends Exception {
        private static final long serialVersionUID = 1L;

        TooLargeException() {
            super("too large", null, false, false);
        }
    }

    private final byte[] in;
    private final int bytesMax;
    private int at;
    private byte[] out;
    private int length;

    private Gunzip(byte[] in, int bytesMax) {
        this.in = in;
        this.bytesMax = bytesMax;
        this.out = new byte[Math.min(bytesMax, FIRST_BYTES)];
    }

    static byte[] inflate(byte[] body, int bytesMax) throws MalformedGzipException, TooLargeException {
        Gunzip gunzip = new Gunzip(body, bytesMax);
        do {
            gunzip.member();
        } while (gunzip.at < body.length);
        return Arrays.copyOf(gunzip.out, gunzip.length);
    }

    private void member() throws MalformedGzipException, TooLargeException {
        header();
        int from = length;
        Inflater inflater = new Inflater(true);
        try {
            inflater.setInput(in, at, in.length - at);
            while (!inflater.finished()) {
                int inflated = inflater.inflate(out, length, out.length - length);
                length += inflated;
                if (inflated == 0 && (inflater.needsInput() || inflater.needsDictionary())) {
                    throw new MalformedGzipException();
                }
                if (length == out.length && !inflater.finished()) {
                    grow();
                }
            }
            if (length > bytesMax) {
                throw new TooLargeException();
            }
            at = in.length - inflater.getRemaining();
        } catch (DataFormatException corrupt) {
            throw new MalformedGzipException();
        } finally {
            inflater.end();
        }
        need(TRAILER_BYTES);
        CRC32 crc = new CRC32();
        crc.update(out, from, length - from);
        if (word() != (int) crc.getValue() || word() != length - from) {
            throw new MalformedGzipException();
        }
    }

    private void grow() throws TooLargeException {
        if (out.length > bytesMax) {
            throw new TooLargeException();
        }
        // One byte more than allowed: whether there is more than that shows only when it comes.
        out = Arrays.copyOf(out, (int) Math.min(bytesMax + 1L, out.length * 2L));
    }

    private void header() throws MalformedGzipException {
        need(HEADER_BYTES);
        if ((in[at] & 0xff) != 0x1f || (in[at + 1] & 0xff) != 0x8b || in[at + 2] != 8) {
            throw new MalformedGzipException();
        }
        int flags = in[at + 3];
        at += HEADER_BYTES;
        if ((flags & EXTRA) != 0) {
            need(2);
            int extra = (in[at] & 0xff) | (in[at + 1] & 0xff) << 8;
            at += 2;
            need(extra);
            at += extra;
        }
        if ((flags & NAME) != 0) {
            skipText();
        }
        if ((flags & COMMENT) != 0) {
            skipText();
        }
        if ((flags & HEADER_CRC) != 0) {
            need(2);
            at += 2;
        }
    }

    private void skipText() throws MalformedGzipException {
        do {
            need(1);
        } while (in[at++] != 0);
    }

    private void need(int bytes) throws MalformedGzipException {
        if (in.length - at < bytes) {
            throw new MalformedGzipException();
        }
    }

    /** Little-endian, as all of gzip. */
    private int word() {
        int word = (in[at] & 0xff) | (in[at + 1] & 0xff) << 8 | (in[at + 2] & 0xff) << 16 | (in[at + 3] & 0xff) << 24;
        at += 4;
        return word;
    }
}

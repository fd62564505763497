package dev.meridian.node.http;

import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/** A body's checksum, said in a header: what was torn or garbled between two regions is asked for again, and never taken for data. */
final class BodySum {

    static final String HEADER = "x-meridian-crc32c";

    private BodySum() {}

    static String of(byte[] body) {
        CRC32C sum = new CRC32C();
        sum.update(body);
        return Long.toHexString(sum.getValue());
    }

    /** Whether a body is what its sender said; one who says nothing is believed. */
    static boolean fits(@Nullable String told, byte[] body) {
        return told == null || told.equals(of(body));
    }
}

package dev.meridian.table.operation;

import dev.meridian.table.model.ServiceException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * Where a SELECT goes on: everything that is needed is in the token, so any region and any later run of it can answer.
 *
 * @param source a sum of the names of the table and the index that were read
 * @param range which of the statement's ranges was being read
 * @param rowKey the last row that was looked at
 */
record NextToken(int source, int range, byte[] rowKey) {

    private static final byte VERSION = 1;
    private static final int HEADER_BYTES = 7;

    static int sourceOf(String table, @Nullable String index) {
        CRC32C sum = new CRC32C();
        sum.update((table + "/" + (index == null ? "" : index)).getBytes(StandardCharsets.UTF_8));
        return (int) sum.getValue();
    }

    String text() {
        byte[] bytes = ByteBuffer.allocate(HEADER_BYTES + rowKey.length)
                .put(VERSION)
                .putInt(source)
                .putShort((short) range)
                .put(rowKey)
                .array();
        return Base64.getEncoder().encodeToString(bytes);
    }

    static NextToken parse(String text) {
        try {
            byte[] bytes = Base64.getDecoder().decode(text);
            if (bytes.length > HEADER_BYTES && bytes[0] == VERSION) {
                ByteBuffer header = ByteBuffer.wrap(bytes, 1, HEADER_BYTES - 1);
                return new NextToken(
                        header.getInt(), header.getShort(), Arrays.copyOfRange(bytes, HEADER_BYTES, bytes.length));
            }
        } catch (IllegalArgumentException notBase64) {
            throw invalid();
        }
        throw invalid();
    }

    static ServiceException invalid() {
        return ServiceException.validation("Invalid NextToken");
    }
}

package dev.meridian.table.operation;

import dev.meridian.table.model.ServiceException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Base64;

/**
 * Where a SELECT goes on: everything that is needed is in the token, so any region and any later run of it can answer.
 *
 * @param range which of the statement's ranges was being read
 * @param rowKey the last row that was looked at
 */
record NextToken(int range, byte[] rowKey) {

    private static final byte VERSION = 1;
    private static final int HEADER_BYTES = 3;

    String text() {
        byte[] bytes = ByteBuffer.allocate(HEADER_BYTES + rowKey.length)
                .put(VERSION)
                .putShort((short) range)
                .put(rowKey)
                .array();
        return Base64.getEncoder().encodeToString(bytes);
    }

    static NextToken parse(String text) {
        try {
            byte[] bytes = Base64.getDecoder().decode(text);
            if (bytes.length > HEADER_BYTES && bytes[0] == VERSION) {
                return new NextToken(
                        ByteBuffer.wrap(bytes).getShort(1), Arrays.copyOfRange(bytes, HEADER_BYTES, bytes.length));
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

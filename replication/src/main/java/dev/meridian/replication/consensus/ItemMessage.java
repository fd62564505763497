package dev.meridian.replication.consensus;

import dev.meridian.replication.log.MalformedBytesException;
import dev.meridian.replication.log.Wire;

/**
 * A message about one item, as it travels.
 *
 * @param group the identifier under which the regions agree on a table's items
 * @param key the item's key bytes, the same in every region
 */
public record ItemMessage(String group, byte[] key, Message message) {

    private static final int VERSION = 1;

    public byte[] encode() {
        Wire.Writer out = new Wire.Writer(128).byteValue(VERSION).text(group).bytes(key);
        Message.write(out, message);
        return out.toBytes();
    }

    public static ItemMessage decode(byte[] bytes) {
        Wire.Reader in = new Wire.Reader(bytes);
        if (in.byteValue() != VERSION) {
            throw new MalformedBytesException("an item's message of another version");
        }
        return new ItemMessage(in.text(), in.bytes(), Message.read(in));
    }
}

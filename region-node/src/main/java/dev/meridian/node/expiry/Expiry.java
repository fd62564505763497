package dev.meridian.node.expiry;

import dev.meridian.table.value.AttributeValue;
import dev.meridian.table.value.Item;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * When an item expires: a number of seconds since 1970 UTC in the table's attribute. What is more than five years ago is
 * taken for a mistake and never deleted, as the service does.
 *
 * @param attribute the attribute that says when
 */
record Expiry(String attribute) {

    private static final long OLDEST_SECONDS = Duration.ofDays(5 * 365).toSeconds();

    /** How long ago the item expired, in seconds; empty where it has not, or is not to be deleted. */
    OptionalLong secondsSince(@Nullable Item item, long nowSeconds) {
        if (item == null || !(item.attributes().get(attribute) instanceof AttributeValue.N number)) {
            return OptionalLong.empty();
        }
        BigDecimal since = BigDecimal.valueOf(nowSeconds).subtract(number.value());
        boolean isDue = since.signum() > 0 && since.compareTo(BigDecimal.valueOf(OLDEST_SECONDS)) <= 0;
        return isDue ? OptionalLong.of(since.longValue()) : OptionalLong.empty();
    }
}

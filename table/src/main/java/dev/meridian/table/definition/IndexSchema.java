package dev.meridian.table.definition;

import java.util.List;

/**
 * A secondary index.
 *
 * @param number the index's number in the store, 1 and up
 * @param local whether it is a local secondary index, which shares the table's partition key
 * @param projection ALL, KEYS_ONLY or INCLUDE
 * @param nonKeyAttributes the attributes an INCLUDE projection adds
 * @param readable whether it holds every item; one that is being filled does not
 * @param ceiling how much throughput it has of its own
 */
public record IndexSchema(
        String name,
        int number,
        boolean local,
        KeySchema key,
        String projection,
        List<String> nonKeyAttributes,
        boolean readable,
        Ceiling ceiling) {}

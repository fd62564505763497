package dev.meridian.table.definition;

import java.util.List;

/**
 * A key: the attributes that choose the partition and those that sort within it.
 *
 * @param hash one attribute for a table, one to four for a global secondary index
 * @param range none or one attribute for a table, up to four for a global secondary index
 */
public record KeySchema(List<String> hash, List<String> range) {}

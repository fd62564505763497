package dev.meridian.table.definition;

import java.util.List;
import java.util.Map;

/**
 * What the data path needs to know of a table.
 *
 * @param name what regions call the table among themselves
 * @param arn the table's ARN in this region
 * @param number the table's number in this region's store; never used again after the table is deleted
 * @param partitionCount how many partitions the table has, the same in every replica
 * @param attributeTypes the types of key attributes: name to S, N or B
 * @param primaryKey the table's own key
 * @param stream the number of the stream that notes every change; 0 where there is none
 * @param ceiling how much throughput it has
 * @param strongGroup under which regions agree on the items of a strongly consistent table; empty where it is none
 * @param conflictPolicy which of two concurrent writes stays, by name; empty for the service's rule
 * @param indexes the secondary indexes; each carries its own number, 1 and up, stable while the index lives
 */
public record TableSchema(
        String name,
        String arn,
        int number,
        int partitionCount,
        Map<String, String> attributeTypes,
        KeySchema primaryKey,
        int stream,
        Ceiling ceiling,
        String strongGroup,
        String conflictPolicy,
        List<IndexSchema> indexes) {

    /** Whether regions agree on every write. */
    public boolean isStrong() {
        return !strongGroup.isEmpty();
    }

    /** The table with that name among regions. */
    public TableSchema calledInAll(String commonName) {
        return with(commonName, strongGroup, conflictPolicy);
    }

    /** The table with that group. */
    public TableSchema agreeingAs(String group) {
        return with(name, group, conflictPolicy);
    }

    /** The table with that policy. */
    public TableSchema decidingBy(String policy) {
        return with(name, strongGroup, policy);
    }

    private TableSchema with(String newName, String group, String policy) {
        return new TableSchema(
                newName,
                arn,
                number,
                partitionCount,
                attributeTypes,
                primaryKey,
                stream,
                ceiling,
                group,
                policy,
                indexes);
    }
}

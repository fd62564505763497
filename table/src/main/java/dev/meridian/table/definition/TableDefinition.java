package dev.meridian.table.definition;

import dev.meridian.table.model.ApiModel;
import dev.meridian.table.model.RequestDecoder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a table is, apart from where it stands: all that CreateTable can say. Written down as the CreateTable request that
 * would make it.
 *
 * @param attributeTypes key attributes and their types, in the order given
 * @param streamView the view type of the stream, or empty where there is none
 */
public record TableDefinition(
        String name,
        Map<String, String> attributeTypes,
        KeySchema key,
        List<IndexDefinition> indexes,
        boolean onDemand,
        Throughput throughput,
        String streamView,
        String tableClass,
        boolean deletionProtection,
        Map<String, String> tags) {

    /** The schema of a new table without a stream: indexes numbered in their order, all of them whole. */
    public TableSchema schema(String arn, int number, int partitionCount) {
        Map<String, Integer> numbers = new LinkedHashMap<>();
        indexes.forEach(index -> numbers.put(index.name(), numbers.size() + 1));
        return schema(arn, number, partitionCount, 0, numbers, numbers.keySet());
    }

    /**
     * The schema for the data path.
     *
     * @param stream the number of the stream that notes every change; 0 where there is none
     * @param numbers the indexes to be kept up to date, with their numbers in the store
     * @param readable those of them that hold every item
     */
    public TableSchema schema(
            String arn,
            int number,
            int partitionCount,
            int stream,
            Map<String, Integer> numbers,
            Set<String> readable) {
        List<IndexSchema> kept = new ArrayList<>();
        for (IndexDefinition index : indexes) {
            Integer indexNumber = numbers.get(index.name());
            if (indexNumber != null) {
                kept.add(new IndexSchema(
                        index.name(),
                        indexNumber,
                        index.local(),
                        index.key(),
                        index.projection(),
                        index.nonKeyAttributes(),
                        readable.contains(index.name())));
            }
        }
        return new TableSchema(name, arn, number, partitionCount, attributeTypes, key, stream, List.copyOf(kept));
    }

    /** The CreateTable request that makes this table. */
    public byte[] toRequest() {
        return DefinitionWriter.request(this);
    }

    /** Reads what {@link #toRequest} wrote. */
    public static TableDefinition fromRequest(byte[] request) {
        return CreateTableRequest.parse(
                RequestDecoder.decode(ApiModel.dynamodb().input("CreateTable").orElseThrow(), request));
    }

    public TableDefinition withDeletionProtection(boolean protection) {
        return new TableDefinition(
                name, attributeTypes, key, indexes, onDemand, throughput, streamView, tableClass, protection, tags);
    }

    public TableDefinition withStreamView(String view) {
        return new TableDefinition(
                name, attributeTypes, key, indexes, onDemand, throughput, view, tableClass, deletionProtection, tags);
    }

    TableDefinition withCapacity(boolean newOnDemand, Throughput newThroughput) {
        List<IndexDefinition> changed = indexes;
        if (newOnDemand) {
            changed = indexes.stream()
                    .map(index -> index.withThroughput(Throughput.ON_DEMAND))
                    .toList();
        }
        return new TableDefinition(
                name,
                attributeTypes,
                key,
                changed,
                newOnDemand,
                newThroughput,
                streamView,
                tableClass,
                deletionProtection,
                tags);
    }

    TableDefinition withIndexes(Map<String, String> types, List<IndexDefinition> newIndexes) {
        return new TableDefinition(
                name,
                types,
                key,
                List.copyOf(newIndexes),
                onDemand,
                throughput,
                streamView,
                tableClass,
                deletionProtection,
                tags);
    }

    TableDefinition withTableClass(String newClass) {
        return new TableDefinition(
                name,
                attributeTypes,
                key,
                indexes,
                onDemand,
                throughput,
                streamView,
                newClass,
                deletionProtection,
                tags);
    }

    public TableDefinition withTags(Map<String, String> newTags) {
        return new TableDefinition(
                name,
                attributeTypes,
                key,
                indexes,
                onDemand,
                throughput,
                streamView,
                tableClass,
                deletionProtection,
                newTags);
    }
}

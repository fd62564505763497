package dev.meridian.table.definition;

import dev.meridian.table.model.ApiModel;
import dev.meridian.table.model.RequestDecoder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

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

    /** The schema for the data path; indexes are numbered in their order. */
    public TableSchema schema(String arn, int number, int partitionCount, int stream) {
        List<IndexSchema> numbered = new ArrayList<>();
        for (IndexDefinition index : indexes) {
            numbered.add(new IndexSchema(
                    index.name(),
                    numbered.size() + 1,
                    index.local(),
                    index.key(),
                    index.projection(),
                    index.nonKeyAttributes()));
        }
        return new TableSchema(name, arn, number, partitionCount, attributeTypes, key, stream, List.copyOf(numbered));
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

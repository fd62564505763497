package dev.meridian.table.definition;

import dev.meridian.table.model.ApiModel;
import dev.meridian.table.model.RequestDecoder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a table is, apart from where it stands: all that CreateTable can say. Written down as the CreateTable request that
 * would make it.
 *
 * @param attributeTypes key attributes and their types, in the order given
 * @param capacity the table's own throughput
 * @param streamView the view type of the stream, or empty where there is none
 */
public record TableDefinition(
        String name,
        Map<String, String> attributeTypes,
        KeySchema key,
        List<IndexDefinition> indexes,
        boolean onDemand,
        CapacityDefinition capacity,
        String streamView,
        String tableClass,
        boolean deletionProtection,
        Encryption encryption,
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
                        readable.contains(index.name()),
                        index.capacity().ceiling(onDemand)));
            }
        }
        return new TableSchema(
                name,
                arn,
                number,
                partitionCount,
                attributeTypes,
                key,
                stream,
                capacity.ceiling(onDemand),
                "",
                "",
                List.copyOf(kept));
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
        Change change = new Change(this);
        change.deletionProtection = protection;
        return change.made();
    }

    /** This definition with what each account sets for its own replica as another has it: class, encryption, tags, protection. */
    public TableDefinition ownedAs(TableDefinition other) {
        Change change = new Change(this);
        change.tableClass = other.tableClass;
        change.encryption = other.encryption;
        change.deletionProtection = other.deletionProtection;
        change.tags = other.tags;
        return change.made();
    }

    public TableDefinition withStreamView(String view) {
        Change change = new Change(this);
        change.streamView = view;
        return change.made();
    }

    public TableDefinition withTags(Map<String, String> newTags) {
        Change change = new Change(this);
        change.tags = newTags;
        return change.made();
    }

    /** What an on-demand table had provisioned is gone, and what a provisioned one may take on demand. */
    TableDefinition withCapacity(boolean newOnDemand, CapacityDefinition newCapacity) {
        Change change = new Change(this);
        change.onDemand = newOnDemand;
        change.capacity = newCapacity;
        if (newOnDemand != onDemand) {
            change.indexes = indexes.stream()
                    .map(index -> index.withCapacity(new CapacityDefinition(
                            Throughput.NONE, Throughput.NONE, index.capacity().warm())))
                    .toList();
        }
        return change.made();
    }

    TableDefinition withIndexes(Map<String, String> types, List<IndexDefinition> newIndexes) {
        Change change = new Change(this);
        change.attributeTypes = types;
        change.indexes = List.copyOf(newIndexes);
        return change.made();
    }

    /** The index of that name, if there is one. */
    public Optional<IndexDefinition> index(String index) {
        return indexes.stream().filter(known -> known.name().equals(index)).findFirst();
    }

    /** The table as it is in a replica with these overrides. */
    public TableDefinition overriddenBy(ReplicaOverrides overrides) {
        Change change = new Change(this);
        change.capacity = capacity.reading(overrides.reads());
        change.tableClass = overrides.tableClass().isEmpty() ? tableClass : overrides.tableClass();
        change.indexes = indexes.stream()
                .map(index -> index.withCapacity(
                        index.capacity().reading(overrides.indexes().getOrDefault(index.name(), ReadOverride.NONE))))
                .toList();
        return change.made();
    }

    /** What the table can take at once. */
    public Throughput warmNow() {
        return capacity.warmNow(onDemand);
    }

    TableDefinition withTableClass(String newClass) {
        Change change = new Change(this);
        change.tableClass = newClass;
        return change.made();
    }

    TableDefinition withEncryption(Encryption newEncryption) {
        Change change = new Change(this);
        change.encryption = newEncryption;
        return change.made();
    }

    /** A definition on its way to another. */
    private static final class Change {

        private final TableDefinition from;
        private Map<String, String> attributeTypes;
        private List<IndexDefinition> indexes;
        private boolean onDemand;
        private CapacityDefinition capacity;
        private String streamView;
        private String tableClass;
        private boolean deletionProtection;
        private Encryption encryption;
        private Map<String, String> tags;

        Change(TableDefinition from) {
            this.from = from;
            attributeTypes = from.attributeTypes;
            indexes = from.indexes;
            onDemand = from.onDemand;
            capacity = from.capacity;
            streamView = from.streamView;
            tableClass = from.tableClass;
            deletionProtection = from.deletionProtection;
            encryption = from.encryption;
            tags = from.tags;
        }

        TableDefinition made() {
            return new TableDefinition(
                    from.name,
                    attributeTypes,
                    from.key,
                    indexes,
                    onDemand,
                    capacity,
                    streamView,
                    tableClass,
                    deletionProtection,
                    encryption,
                    tags);
        }
    }
}

package dev.meridian.table.operation;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.meridian.table.capacity.Allowance;
import dev.meridian.table.capacity.Units;
import dev.meridian.table.definition.IndexSchema;
import dev.meridian.table.definition.KeySchema;
import dev.meridian.table.definition.TableSchema;
import dev.meridian.table.expression.Condition;
import dev.meridian.table.expression.ConditionEvaluator;
import dev.meridian.table.expression.DocumentPath;
import dev.meridian.table.expression.Projection;
import dev.meridian.table.index.IndexRows;
import dev.meridian.table.key.ItemKey;
import dev.meridian.table.key.KeyBytes;
import dev.meridian.table.key.KeyEncoder;
import dev.meridian.table.model.ServiceException;
import dev.meridian.table.model.Struct;
import dev.meridian.table.value.AttributeValue;
import dev.meridian.table.value.Item;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What Query and Scan share: one page of a range of a table or an index, filtered and projected. */
final class RangeRead implements Plan.Read {

    /**
     * What to read.
     *
     * @param index null: the table itself
     */
    record Source(TableSchema table, @Nullable IndexSchema index) {

        KeySchema key() {
            return index == null ? table.primaryKey() : index.key();
        }

        int number() {
            return index == null ? TableReader.TABLE : index.number();
        }

        static Source of(TableSchema table, @Nullable String indexName) {
            if (indexName == null) {
                return new Source(table, null);
            }
            for (IndexSchema index : table.indexes()) {
                if (index.name().equals(indexName)) {
                    if (!index.readable()) {
                        throw ServiceException.validation(
                                "Cannot read from backfilling global secondary index: " + indexName);
                    }
                    return new Source(table, index);
                }
            }
            throw ServiceException.validation("The table does not have the specified index: " + indexName);
        }
    }

    private final Struct request;
    private final Source source;
    private final KeyConditions.Range range;
    private final boolean ascending;
    private final @Nullable Condition filter;
    private final @Nullable List<DocumentPath> projection;
    private final boolean fetch;

    RangeRead(
            Struct request,
            Source source,
            KeyConditions.Range range,
            boolean ascending,
            @Nullable Condition filter,
            @Nullable List<DocumentPath> projection) {
        KeyPaths.check(source.table(), filter);
        KeyPaths.check(source.table(), projection);
        this.request = request;
        this.source = source;
        this.ascending = ascending;
        this.filter = filter;
        this.projection = projection;
        this.range = startingAfter(range);
        this.fetch = checkSelect();
        if (source.index() != null && !source.index().local() && request.flag("ConsistentRead")) {
            throw ServiceException.validation("Consistent reads are not supported on global secondary indexes");
        }
    }

    /** Whether whole items must be fetched for the rows of a local index. */
    private boolean checkSelect() {
        String select = request.text("Select");
        if (projection != null && select != null && !select.equals("SPECIFIC_ATTRIBUTES")) {
            throw ServiceException.validation("Cannot specify the "
                    + (request.has("AttributesToGet") ? "AttributesToGet" : "ProjectionExpression")
                    + " when choosing to get " + select);
        }
        if (projection == null && "SPECIFIC_ATTRIBUTES".equals(select)) {
            throw ServiceException.validation(
                    "Must specify the AttributesToGet or ProjectionExpression when choosing to get "
                            + "SPECIFIC_ATTRIBUTES");
        }
        IndexSchema index = source.index();
        if (index == null) {
            if ("ALL_PROJECTED_ATTRIBUTES".equals(select)) {
                throw ServiceException.validation(
                        "ALL_PROJECTED_ATTRIBUTES can be used only when Querying using an IndexName");
            }
            return false;
        }
        boolean lacks = "ALL_ATTRIBUTES".equals(select) && !index.projection().equals("ALL")
                || projection != null
                        && projection.stream()
                                .anyMatch(path -> !IndexRows.isProjected(source.table(), index, path.attribute()));
        if (lacks && !index.local()) {
            throw ServiceException.validation("One or more parameter values were invalid: "
                    + (projection == null
                            ? "Select type ALL_ATTRIBUTES is not supported for global secondary index " + index.name()
                                    + " because its projection type is not ALL"
                            : "Global secondary index " + index.name() + " does not project "
                                    + projection.stream()
                                            .map(DocumentPath::attribute)
                                            .filter(name -> !IndexRows.isProjected(source.table(), index, name))
                                            .toList()));
        }
        return lacks;
    }

    private KeyConditions.Range startingAfter(KeyConditions.Range whole) {
        if (!request.has("ExclusiveStartKey")) {
            return whole;
        }
        byte[] start = startKey(request.attributes("ExclusiveStartKey"));
        boolean inside = Arrays.compareUnsigned(start, whole.from()) >= 0
                && (whole.to() == null || Arrays.compareUnsigned(start, whole.to()) < 0);
        if (!inside) {
            throw ServiceException.validation(
                    request.has("TotalSegments")
                            ? "The provided starting key is invalid: Invalid ExclusiveStartKey. Please use "
                                    + "ExclusiveStartKey with correct Segment. TotalSegments: "
                                    + request.number("TotalSegments") + " Segment: " + request.number("Segment")
                            : "The provided starting key is outside query boundaries based on provided conditions");
        }
        return ascending
                ? new KeyConditions.Range(KeyBytes.after(start), whole.to())
                : new KeyConditions.Range(whole.from(), start);
    }

    private byte[] startKey(Map<String, AttributeValue> given) {
        try {
            Map<String, AttributeValue> tableKey = new HashMap<>(given);
            tableKey.keySet().retainAll(PrimaryKeys.names(source.table().primaryKey()));
            ItemKey item = PrimaryKeys.ofRequest(source.table(), tableKey);
            IndexSchema index = source.index();
            byte[] key = index == null ? item.bytes() : IndexRows.rowKey(source.table(), index, item, new Item(given));
            List<String> expected =
                    new ArrayList<>(PrimaryKeys.names(source.table().primaryKey()));
            expected.addAll(PrimaryKeys.names(source.key()));
            if (key != null && given.keySet().equals(new java.util.HashSet<>(expected))) {
                return key;
            }
        } catch (ServiceException mismatch) {
            throw ServiceException.validation("The provided starting key is invalid: " + mismatch.getMessage());
        }
        throw ServiceException.validation("The provided starting key is invalid");
    }

    @Override
    public boolean isPointRead() {
        return false;
    }

    @Override
    public List<StrongRead> strong() {
        return source.table().isStrong() && source.index() == null && request.flag("ConsistentRead")
                ? List.of(new StrongRead.OfRange(source.table(), range.from(), range.to()))
                : List.of();
    }

    @Override
    public boolean isPageInOrder() {
        return ascending && source.index() == null;
    }

    @Override
    public byte[] run(Plan.Readers readers) {
        return run(range.to(), readers).orElseThrow();
    }

    @Override
    public Optional<byte[]> runUpTo(byte[] end, Plan.Readers readers) {
        return run(end, readers);
    }

    /** The page, unless it ends nowhere before {@code end} and the range goes on from there. */
    private Optional<byte[]> run(byte @Nullable [] end, Plan.Readers readers) {
        Allowance allowance = readers.allowance();
        int partition = source.index() == null && range.isWithinOneHash()
                ? new ItemKey(range.from()).partition(source.table().partitionCount())
                : Allowance.EVERY_PARTITION;
        allowance.readRefusal(source.table(), source.index(), partition).ifPresent(refusal -> {
            throw refusal;
        });
        Page page = new Page(readers.open(source.table()));
        page.read(end);
        if (!Arrays.equals(end, range.to()) && !page.isFull()) {
            return Optional.empty();
        }
        allowance.read(source.table(), partition, page.units());
        return Optional.of(Answer.of(page::write));
    }

    /** One page being gathered. */
    private final class Page {

        private final TableReader reader;
        private final ScannedRows rows;
        private final List<Item> items = new ArrayList<>();
        private final boolean countOnly = "COUNT".equals(request.text("Select"));
        private int count;

        Page(TableReader reader) {
            this.reader = reader;
            this.rows = new ScannedRows(reader, source, fetch, request);
        }

        void read(byte @Nullable [] end) {
            reader.scan(source.number(), range.from(), end, ascending, this::take);
        }

        boolean isFull() {
            return rows.isFull();
        }

        private boolean take(byte[] rowKey, Item row) {
            Item item = rows.take(row);
            if (filter == null || ConditionEvaluator.matches(filter, item)) {
                count++;
                if (!countOnly) {
                    items.add(projection == null ? item : Projection.apply(projection, item));
                }
            }
            return !rows.isFull();
        }

        Units units() {
            return rows.units();
        }

        void write(JsonGenerator json) throws IOException {
            if (!countOnly) {
                Answer.items(json, "Items", items);
            }
            json.writeNumberField("Count", count);
            json.writeNumberField("ScannedCount", rows.count());
            rows.writeLastKey(json);
            if (Capacity.isAskedFor(request)) {
                Capacity.write(json, request, units());
            }
        }
    }

    /** The range of a scan: all of it, or one of equal parts of the hashes. */
    static KeyConditions.Range segment(long segment, long total) {
        byte[] from = KeyEncoder.segmentStart((int) segment, (int) total);
        return new KeyConditions.Range(
                from == null ? new byte[0] : from, KeyEncoder.segmentStart((int) segment + 1, (int) total));
    }
}

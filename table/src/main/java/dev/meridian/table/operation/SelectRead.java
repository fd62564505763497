package dev.meridian.table.operation;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.meridian.table.capacity.Allowance;
import dev.meridian.table.capacity.Units;
import dev.meridian.table.definition.IndexSchema;
import dev.meridian.table.definition.TableLookup;
import dev.meridian.table.definition.TableSchema;
import dev.meridian.table.expression.Condition;
import dev.meridian.table.expression.ConditionAttributes;
import dev.meridian.table.expression.ConditionEvaluator;
import dev.meridian.table.expression.Projection;
import dev.meridian.table.index.IndexRows;
import dev.meridian.table.key.ItemKey;
import dev.meridian.table.key.KeyBytes;
import dev.meridian.table.model.ServiceException;
import dev.meridian.table.model.Struct;
import dev.meridian.table.partiql.Statement;
import dev.meridian.table.value.AttributeValue;
import dev.meridian.table.value.Item;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** ExecuteStatement with a SELECT: one page of the ranges its WHERE leads to, filtered and projected. */
final class SelectRead implements Plan.Read {

    private final Struct request;
    private final Statement.Select select;
    private final RangeRead.Source source;
    private final KeyPlan keys;
    private final boolean fetch;

    private SelectRead(Struct request, Statement.Select select, RangeRead.Source source, KeyPlan keys, boolean fetch) {
        this.request = request;
        this.select = select;
        this.source = source;
        this.keys = keys;
        this.fetch = fetch;
    }

    static SelectRead plan(Struct request, Statement.Select select, TableLookup tables) {
        RangeRead.Source source = source(tables.find(select.table()), select.index());
        KeyPlan keys = KeyPlan.of(source, select.where(), select.order());
        IndexSchema index = source.index();
        if (index != null && !index.local() && request.flag("ConsistentRead")) {
            throw ServiceException.validation("Strongly consistent read is not supported on Global Secondary Indexes");
        }
        checkFilter(source, keys);
        return new SelectRead(request, select, source, keys, mustFetch(source, select));
    }

    private static RangeRead.Source source(TableSchema table, @Nullable String index) {
        if (index != null
                && table.indexes().stream().noneMatch(one -> one.name().equals(index))) {
            throw ServiceException.validation("The table does not have the specified index");
        }
        return RangeRead.Source.of(table, index);
    }

    /** Refuses a query of an index that filters by what the index does not hold; a scan of it just finds nothing there. */
    private static void checkFilter(RangeRead.Source source, KeyPlan keys) {
        IndexSchema index = source.index();
        if (index == null || !keys.isKeyed()) {
            return;
        }
        TreeSet<String> missing = new TreeSet<>();
        for (List<Condition> terms : keys.alternatives()) {
            List<String> here = terms.stream()
                    .flatMap(term -> ConditionAttributes.of(term).stream())
                    .filter(name -> !IndexRows.isProjected(source.table(), index, name))
                    .toList();
            if (here.isEmpty()) {
                return;
            }
            missing.addAll(here);
        }
        throw ServiceException.validation("One or more parameter values were invalid: Secondary index " + index.name()
                + " does not project one or more filter attributes: " + missing);
    }

    /** Whether whole items must be fetched for the rows of a local index. */
    private static boolean mustFetch(RangeRead.Source source, Statement.Select select) {
        IndexSchema index = source.index();
        if (index == null || select.projection() == null) {
            return false;
        }
        List<String> missing = select.projection().stream()
                .map(column -> column.path().attribute())
                .filter(name -> !IndexRows.isProjected(source.table(), index, name))
                .toList();
        if (!missing.isEmpty() && !index.local()) {
            throw ServiceException.validation("One or more parameter values were invalid: Global secondary index "
                    + index.name() + " does not project " + missing);
        }
        return !missing.isEmpty();
    }

    /** What of an item the columns show; null: all of it. */
    static Item shown(@Nullable List<Statement.Column> columns, Item item) {
        if (columns == null) {
            return item;
        }
        Map<String, AttributeValue> shown = new LinkedHashMap<>();
        for (Statement.Column column : columns) {
            AttributeValue value = column.path().find(item);
            if (value != null) {
                shown.put(column.name(), value);
            }
        }
        return new Item(shown);
    }

    /** As {@link #shown}, but each value stands where it stands in the item: so batches and transactions answer. */
    static Item nested(@Nullable List<Statement.Column> columns, Item item) {
        return columns == null
                ? item
                : Projection.apply(columns.stream().map(Statement.Column::path).toList(), item);
    }

    @Override
    public boolean isPointRead() {
        return false;
    }

    @Override
    public List<StrongRead> strong() {
        return source.table().isStrong() && source.index() == null && request.flag("ConsistentRead")
                ? keys.ranges().stream()
                        .<StrongRead>map(range -> new StrongRead.OfRange(source.table(), range.from(), range.to()))
                        .toList()
                : List.of();
    }

    @Override
    public byte[] run(Plan.Readers readers) {
        Allowance allowance = readers.allowance();
        int partition = partition();
        allowance.readRefusal(source.table(), source.index(), partition).ifPresent(refusal -> {
            throw refusal;
        });
        Page page = new Page(readers.open(source.table()));
        page.read();
        allowance.read(source.table(), partition, page.units());
        return Answer.of(page::write);
    }

    private int partition() {
        KeyConditions.Range first =
                keys.ranges().isEmpty() ? null : keys.ranges().get(0);
        return first != null && keys.ranges().size() == 1 && source.index() == null && first.isWithinOneHash()
                ? new ItemKey(first.from()).partition(source.table().partitionCount())
                : Allowance.EVERY_PARTITION;
    }

    /** One page being gathered. */
    private final class Page {

        private final TableReader reader;
        private final ScannedRows rows;
        private final List<Item> items = new ArrayList<>();
        private int range;
        private byte @Nullable [] lastKey;

        Page(TableReader reader) {
            this.reader = reader;
            this.rows = new ScannedRows(reader, source, fetch, request);
        }

        void read() {
            List<KeyConditions.Range> ranges = rest();
            for (KeyConditions.Range next : ranges) {
                reader.scan(source.number(), next.from(), next.to(), keys.ascending(), this::take);
                if (rows.isFull()) {
                    return;
                }
                range++;
            }
        }

        /** What an earlier page left. */
        private List<KeyConditions.Range> rest() {
            String text = request.text("NextToken");
            if (text == null) {
                return keys.ranges();
            }
            NextToken token = NextToken.parse(text);
            if (token.source() != sourceNumber()
                    || token.range() < 0
                    || token.range() >= keys.ranges().size()) {
                throw NextToken.invalid();
            }
            range = token.range();
            List<KeyConditions.Range> rest =
                    new ArrayList<>(keys.ranges().subList(range, keys.ranges().size()));
            KeyConditions.Range begun = rest.get(0);
            if (Arrays.compareUnsigned(token.rowKey(), begun.from()) < 0 || !begun.reaches(token.rowKey())) {
                throw NextToken.invalid();
            }
            rest.set(
                    0,
                    keys.ascending()
                            ? new KeyConditions.Range(KeyBytes.after(token.rowKey()), begun.to())
                            : new KeyConditions.Range(begun.from(), token.rowKey()));
            return rest;
        }

        private int sourceNumber() {
            return NextToken.sourceOf(source.table().name(), select.index());
        }

        private boolean take(byte[] rowKey, Item row) {
            lastKey = rowKey;
            Item item = rows.take(row);
            if (select.where() == null || ConditionEvaluator.matches(select.where(), row)) {
                items.add(shown(select.projection(), item));
            }
            return !rows.isFull();
        }

        Units units() {
            return rows.units();
        }

        void write(JsonGenerator json) throws IOException {
            Answer.items(json, "Items", items);
            if (lastKey != null && rows.isFull()) {
                json.writeStringField("NextToken", new NextToken(sourceNumber(), range, lastKey).text());
                rows.writeLastKey(json);
            }
            if (Capacity.isAskedFor(request)) {
                Capacity.write(json, request, select.table(), units());
            }
        }
    }
}

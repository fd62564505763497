package dev.meridian.table.operation;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.meridian.table.capacity.Units;
import dev.meridian.table.capacity.WriteCost;
import dev.meridian.table.definition.TableSchema;
import dev.meridian.table.value.Item;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What an operation that writes many items tells of each table, called as the request calls it. */
final class ManyWrites {

    private ManyWrites() {}

    /** What the writes cost, those left out that were not processed. */
    static Map<String, Units> units(
            List<String> names, List<Plan.TableWrite> writes, List<? extends @Nullable Images> images, int factor) {
        Map<String, Units> units = new LinkedHashMap<>();
        for (int i = 0; i < writes.size(); i++) {
            Images image = images.get(i);
            if (image != null) {
                Units cost = WriteCost.of(writes.get(i).table(), image.before(), image.after());
                units.merge(names.get(i), cost.times(factor), Units::plus);
            }
        }
        return units;
    }

    static void writeCollections(
            JsonGenerator json,
            List<String> names,
            List<Plan.TableWrite> writes,
            List<? extends @Nullable Images> images,
            Plan.Readers readers)
            throws IOException {
        Map<String, TableSchema> tables = new LinkedHashMap<>();
        Map<String, List<Item>> items = new LinkedHashMap<>();
        for (int i = 0; i < writes.size(); i++) {
            Images image = images.get(i);
            Item item = image == null ? null : image.either();
            tables.put(names.get(i), writes.get(i).table());
            if (item != null) {
                items.computeIfAbsent(names.get(i), none -> new ArrayList<>()).add(item);
            }
        }
        ItemCollections.writeAll(json, tables, items, readers);
    }
}

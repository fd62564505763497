package dev.meridian.chaos.simulator;

import dev.meridian.conflict.Stamp;
import dev.meridian.conflict.Version;
import dev.meridian.replication.log.ChangeRecord;
import dev.meridian.replication.log.StampedImage;
import dev.meridian.table.key.ItemKey;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** Records as a planted bug would have them. */
final class Mistakes {

    /** The region that decides in its own way. */
    static final String STUBBORN = "region-b";

    private final PlantedBug bug;
    private final SplittableRandom random;

    Mistakes(PlantedBug bug, SplittableRandom random) {
        this.bug = bug;
        this.random = random;
    }

    List<ChangeRecord> bent(SimulatedRegion region, List<ChangeRecord> records, long nowMillis) {
        return switch (bug) {
            case SKIPPED_RECORD -> records.size() > 1 && random.nextInt(20) == 0 ? skipped(records) : records;
            case LAST_ARRIVAL_WINS ->
                records.stream()
                        .map(record -> later(record, nowMillis * 65_536))
                        .toList();
            case TIE_BROKEN_DIFFERENTLY ->
                region.name().equals(STUBBORN)
                        ? records.stream()
                                .map(record -> isTie(record, region.read(new ItemKey(record.key())))
                                        ? later(record, 1)
                                        : record)
                                .toList()
                        : records;
            default -> records;
        };
    }

    private static List<ChangeRecord> skipped(List<ChangeRecord> records) {
        List<ChangeRecord> bent = new ArrayList<>(records);
        ChangeRecord skipped = bent.remove(0);
        ChangeRecord next = bent.get(0);
        bent.set(0, new ChangeRecord(skipped.sequence(), next.key(), next.stamp(), next.image(), next.attributes()));
        bent.add(1, new ChangeRecord(next.sequence(), next.key(), next.stamp(), next.image(), next.attributes()));
        return bent;
    }

    private static ChangeRecord later(ChangeRecord record, long by) {
        Version version = record.stamp().version();
        Version later = new Version(version.timestamp() + by, version.region());
        return new ChangeRecord(
                record.sequence(),
                record.key(),
                new Stamp(later, record.stamp().seen().with(later)),
                record.image(),
                record.attributes());
    }

    private static boolean isTie(ChangeRecord record, @Nullable StampedImage here) {
        Version version = record.stamp().version();
        return here != null
                && here.stamp().version().timestamp() == version.timestamp()
                && !here.stamp().version().region().equals(version.region());
    }
}

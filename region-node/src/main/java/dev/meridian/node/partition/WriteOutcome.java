package dev.meridian.node.partition;

import dev.meridian.replication.log.ChangeRecord;
import dev.meridian.storage.WriteBatch;
import dev.meridian.table.model.ServiceException;
import dev.meridian.table.operation.Images;
import dev.meridian.table.value.Item;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a partition decided about a local write. */
public sealed interface WriteOutcome {

    /** The item before and after, if the write took place. */
    default Optional<Images> images() {
        return Optional.empty();
    }

    /**
     * To be committed, and acknowledged once durable.
     *
     * @param ticket the commit's number in this partition: 1, 2, 3 …
     * @param before the image before, or null
     * @param after the image after, or null
     */
    record Written(
            WriteBatch batch,
            long ticket,
            ChangeRecord change,
            @Nullable Item before,
            @Nullable Item after) implements WriteOutcome {

        @Override
        public Optional<Images> images() {
            return Optional.of(new Images(before, after));
        }
    }

    /**
     * Nothing to commit; the write succeeds.
     *
     * @param ticket the answer may only be given once this commit is durable, for it tells of what that commit wrote; 0:
     *     at once
     */
    record Unchanged(@Nullable Item before, long ticket) implements WriteOutcome {

        @Override
        public Optional<Images> images() {
            return Optional.of(new Images(before, before));
        }
    }

    /** Regions have agreed on it; durable in a second one. */
    record Agreed(@Nullable Item before, @Nullable Item after) implements WriteOutcome {

        @Override
        public Optional<Images> images() {
            return Optional.of(new Images(before, after));
        }
    }

    /**
     * Nothing to commit; the client gets the error.
     *
     * @param ticket as in {@link Unchanged}
     */
    record Refused(ServiceException error, long ticket) implements WriteOutcome {}
}

package dev.meridian.node.strong;

import dev.meridian.replication.log.StampedImage;
import dev.meridian.table.definition.TableSchema;
import dev.meridian.table.key.ItemKey;
import java.util.concurrent.CompletionStage;

/** Has what regions agreed on written in this one, like any change. */
@FunctionalInterface
public interface Learning {

    /**
     * Completes when that or something later is durable here. Fails where it cannot be written now; what was agreed on stands all
     * the same, and writing it is tried again.
     */
    CompletionStage<Void> learn(TableSchema table, ItemKey key, StampedImage agreed);
}

package dev.meridian.node.strong;

import dev.meridian.node.partition.PartitionCommand;
import dev.meridian.node.partition.PartitionDirectory;
import dev.meridian.node.partition.WriteListener;
import dev.meridian.node.partition.WriteOutcome;
import dev.meridian.replication.log.StampedImage;
import dev.meridian.table.definition.TableSchema;
import dev.meridian.table.key.ItemKey;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.actor.typed.ActorRef;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The region's partitions write it. */
public final class PartitionLearning implements Learning {

    private static final Logger LOG = LoggerFactory.getLogger(PartitionLearning.class);

    private final String region;
    private final PartitionDirectory partitions;

    public PartitionLearning(String region, PartitionDirectory partitions) {
        this.region = region;
        this.partitions = partitions;
    }

    @Override
    public CompletionStage<Void> learn(TableSchema table, ItemKey key, StampedImage agreed) {
        ActorRef<PartitionCommand> partition = partitions.find(table, key).orElse(null);
        CompletableFuture<Void> written = new CompletableFuture<>();
        if (partition == null) {
            return CompletableFuture.failedFuture(
                    new IllegalStateException("no partition of " + table.name() + " is open"));
        }
        partition.tell(new PartitionCommand.Learn(key, agreed, new WriteListener() {
            @Override
            public void decided(WriteOutcome outcome) {
                written.complete(null);
            }

            @Override
            public void failed(Throwable failure) {
                LOG.warn("{}: what was agreed on for {} could not be written yet", region, table.name(), failure);
                written.completeExceptionally(failure);
            }
        }));
        return written;
    }
}

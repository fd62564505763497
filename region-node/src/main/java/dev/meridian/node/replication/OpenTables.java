package dev.meridian.node.replication;

import dev.meridian.node.catalogue.Catalogue;
import dev.meridian.node.catalogue.TableState;
import dev.meridian.node.partition.PartitionCommand;
import dev.meridian.node.partition.PartitionDirectory;
import dev.meridian.replication.link.PartitionRef;
import java.util.List;
import java.util.Optional;
import org.apache.pekko.actor.typed.ActorRef;

/** Finds what regions call by global names among the tables open here. Thread-safe. */
public final class OpenTables {

    private final Catalogue catalogue;
    private final PartitionDirectory partitions;

    public OpenTables(Catalogue catalogue, PartitionDirectory partitions) {
        this.catalogue = catalogue;
        this.partitions = partitions;
    }

    /** The table with that global identifier, if its partitions are open. */
    public Optional<TableState> table(String globalId) {
        return catalogue
                .state()
                .byGlobalId(globalId)
                .filter(table -> !partitions.of(table.number()).isEmpty());
    }

    /** The actor of a partition, if it is open. */
    public Optional<ActorRef<PartitionCommand>> partition(PartitionRef ref) {
        return table(ref.globalTable()).flatMap(table -> {
            List<ActorRef<PartitionCommand>> actors = partitions.of(table.number());
            return ref.partition() < actors.size() ? Optional.of(actors.get(ref.partition())) : Optional.empty();
        });
    }

    /** Active tables that a peer replicates to this region, those it is leaving among them: it hands over what it wrote last. */
    public List<TableState> sharedWith(String peer) {
        return catalogue.state().tables().values().stream()
                .filter(table -> table.status() == TableState.Status.ACTIVE)
                .filter(table -> table.isFollowed(peer))
                .filter(table -> !partitions.of(table.number()).isEmpty())
                .toList();
    }
}

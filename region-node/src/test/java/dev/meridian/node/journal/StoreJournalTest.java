package dev.meridian.node.journal;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigValueFactory;
import dev.meridian.node.account.Accounts;
import dev.meridian.node.catalogue.Catalogue;
import dev.meridian.node.catalogue.CatalogueActor;
import dev.meridian.node.catalogue.CatalogueEvent;
import dev.meridian.node.catalogue.CatalogueState;
import dev.meridian.node.catalogue.Member;
import dev.meridian.node.catalogue.TableArns;
import dev.meridian.node.catalogue.TableState;
import dev.meridian.node.control.CatalogueWriter;
import dev.meridian.storage.StoreException;
import dev.meridian.storage.memory.MemoryStore;
import dev.meridian.table.definition.TableDefinition;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.actor.typed.ActorSystem;
import org.junit.jupiter.api.Test;

class StoreJournalTest {

    private static final String KEY = "journal-test";

    @Test
    void theCatalogueIsTheSameAfterARestart() throws Exception {
        MemoryStore store = MemoryStore.immediate();
        CatalogueState before;
        try (Region region = new Region(store)) {
            region.change(made("g1", 1), new CatalogueEvent.StatusChanged("g1", TableState.Status.ACTIVE));
            for (int i = 0; i < 300; i++) {
                region.change(new CatalogueEvent.ReplicaChanged("g1", "region-" + i % 7, Member.Phase.ACTIVE));
            }
            before = region.change(new CatalogueEvent.ReplicaChanged("g1", "region-3", Member.Phase.GONE));
        }
        try (Region region = new Region(store)) {
            assertThat(region.catalogue.state()).isEqualTo(before);
            assertThat(region.change(made("g2", 2)).revision()).isEqualTo(before.revision() + 1);
        }
    }

    @Test
    void nothingIsAcknowledgedBeforeItIsDurable() throws Exception {
        MemoryStore store = MemoryStore.stepped();
        try (Region region = new Region(store)) {
            CompletableFuture<CatalogueState> change = region.ask(made("g1", 1));
            while (store.queued() == 0) {
                Thread.onSpinWait();
            }
            assertThat(change).isNotDone();
            assertThat(region.catalogue.state().tables()).isEmpty();
            store.sync(1);
            assertThat(change.get(10, TimeUnit.SECONDS).tables()).containsKey("g1");
        }
    }

    @Test
    void theCatalogueStopsWhenItsStoreFails() throws Exception {
        MemoryStore store = MemoryStore.immediate();
        try (Region region = new Region(store)) {
            store.failWith(StoreException.Kind.UNKNOWN_OUTCOME);
            CompletableFuture<CatalogueState> change = region.ask(made("g1", 1));
            region.system.getWhenTerminated().toCompletableFuture().get(20, TimeUnit.SECONDS);
            assertThat(change).isNotCompleted();
            assertThat(region.catalogue.state().tables()).isEmpty();
        }
    }

    private static CatalogueEvent made(String globalId, int number) {
        TableDefinition definition = TableDefinition.fromRequest(
                ("{\"TableName\":\"" + globalId + "-table\",\"BillingMode\":\"PAY_PER_REQUEST\","
                                + "\"AttributeDefinitions\":[{\"AttributeName\":\"pk\",\"AttributeType\":\"S\"}],"
                                + "\"KeySchema\":[{\"AttributeName\":\"pk\",\"KeyType\":\"HASH\"}]}")
                        .getBytes(StandardCharsets.UTF_8));
        return new CatalogueEvent.TableCreated(
                globalId, definition, number, "id", TableArns.of("here", Accounts.USUAL, "orders"), 4, 1_000);
    }

    /** A catalogue on a store, in an actor system of its own. */
    private static final class Region implements AutoCloseable {

        private final Catalogue catalogue = new Catalogue();
        private final CompletableFuture<Void> stopped = new CompletableFuture<>();
        private final ActorSystem<CatalogueActor.Command> system;

        Region(MemoryStore store) throws Exception {
            JournalStores.register(KEY, store);
            Config config = ConfigFactory.parseResources("meridian-node.conf")
                    .withValue("pekko.persistence.journal.plugin", ConfigValueFactory.fromAnyRef("meridian.journal"))
                    .withValue("meridian.journal.store", ConfigValueFactory.fromAnyRef(KEY))
                    .withFallback(ConfigFactory.defaultReference())
                    .resolve();
            CompletableFuture<Void> recovered = new CompletableFuture<>();
            system = ActorSystem.create(
                    CatalogueActor.create("here", catalogue, recovered, stopped), "journal-test", config);
            recovered.get(20, TimeUnit.SECONDS);
        }

        CompletableFuture<CatalogueState> ask(CatalogueEvent... events) {
            return new CatalogueWriter(system, stopped).change(state -> List.of(events));
        }

        CatalogueState change(CatalogueEvent... events) throws Exception {
            return ask(events).get(10, TimeUnit.SECONDS);
        }

        @Override
        public void close() throws Exception {
            system.terminate();
            system.getWhenTerminated().toCompletableFuture().get(20, TimeUnit.SECONDS);
            JournalStores.remove(KEY);
        }
    }
}

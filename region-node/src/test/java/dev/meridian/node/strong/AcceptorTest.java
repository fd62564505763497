package dev.meridian.node.strong;

import static org.assertj.core.api.Assertions.assertThat;

import dev.meridian.node.catalogue.Catalogue;
import dev.meridian.replication.consensus.Ballot;
import dev.meridian.replication.consensus.ItemMessage;
import dev.meridian.replication.consensus.Message;
import dev.meridian.replication.consensus.Reply;
import dev.meridian.replication.log.RowKeys;
import dev.meridian.storage.StoreException;
import dev.meridian.storage.WriteBatch;
import dev.meridian.storage.memory.MemoryStore;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** When a region's acceptor answers, and what it remembers. */
class AcceptorTest {

    private static final String GROUP = "g1";
    private static final byte[] KEY = {1};
    private static final Ballot FIRST = new Ballot(1, "a");
    private static final Ballot SECOND = new Ballot(2, "b");

    private MemoryStore store = MemoryStore.stepped();
    private Acceptor acceptor = acceptor();

    private Acceptor acceptor() {
        return new Acceptor(store, StrongGroups.of(new Catalogue()), new Witness(store), new Memory(store));
    }

    @BeforeEach
    void attend() {
        new Witness(store).attend(GROUP, "a,b,c");
        store.sync(1);
    }

    @Test
    void anAnswerWaitsUntilItIsDurable() {
        CompletableFuture<Reply> promise = take(new Message.Prepare(FIRST));
        assertThat(promise).isNotDone();
        store.sync(1);
        assertThat(promise).isCompletedWithValue(new Reply.Held(Ballot.ZERO, null));
    }

    @Test
    void anAnswerThatTellsOfSomethingNotDurableWaitsForThat() {
        take(new Message.Accept(SECOND, new byte[] {7}, Ballot.ZERO));
        CompletableFuture<Reply> refusal = take(new Message.Prepare(FIRST));
        CompletableFuture<Reply> asked = take(new Message.Ask());
        assertThat(refusal).isNotDone();
        assertThat(asked).isNotDone();
        store.sync(1);
        assertThat(refusal).isCompletedWithValue(new Reply.Refused(SECOND));
        assertThat(asked.join())
                .isInstanceOfSatisfying(
                        Reply.Held.class, held -> assertThat(held.value()).containsExactly(7));
    }

    @Test
    void whatWasAnsweredSurvivesACrash() {
        CompletableFuture<Reply> taken = take(new Message.Accept(SECOND, new byte[] {7}, Ballot.ZERO));
        store.sync(1);
        assertThat(taken).isCompletedWithValue(new Reply.Taken());
        store = store.crash(0);
        acceptor = acceptor();
        assertThat(take(new Message.Prepare(FIRST))).isCompletedWithValue(new Reply.Refused(SECOND));
    }

    @Test
    void afterAFailedCommitTheStoreSaysWhatWasPromised() {
        store.failWith(StoreException.Kind.NO_SPACE);
        CompletableFuture<Reply> failed = take(new Message.Prepare(SECOND));
        assertThat(failed).isCompletedExceptionally();
        store.failWith(null);
        CompletableFuture<Reply> promise = take(new Message.Prepare(FIRST));
        store.sync(1);
        assertThat(promise).isCompletedWithValue(new Reply.Held(Ballot.ZERO, null));
    }

    @Test
    void aTableThatNobodyAskedItToWitnessIsNone() {
        assertThat(acceptor.take(new ItemMessage("another", KEY, new Message.Ask())))
                .isCompletedExceptionally();
    }

    @Test
    void aRegionThatHasForgottenPromisesHasNoSay() {
        store.commit(new WriteBatch().put(RowKeys.forgotten(), new byte[0]));
        store.sync(1);
        acceptor = acceptor();
        assertThat(take(new Message.Ask())).isCompletedExceptionally();
    }

    private CompletableFuture<Reply> take(Message message) {
        return acceptor.take(new ItemMessage(GROUP, KEY, message)).toCompletableFuture();
    }
}

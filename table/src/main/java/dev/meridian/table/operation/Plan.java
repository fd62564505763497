package dev.meridian.table.operation;

import dev.meridian.table.capacity.Allowance;
import dev.meridian.table.definition.TableSchema;
import dev.meridian.table.model.ServiceException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** An operation whose request has been read and checked against its tables, ready to run. Answers are JSON in UTF-8. */
public sealed interface Plan {

    /** PutItem, UpdateItem, DeleteItem. */
    non-sealed interface Write extends Plan {

        TableSchema table();

        ItemWrite write();

        /** The answer; the readers serve what it tells besides the images. */
        byte[] reply(Images images, Readers readers);
    }

    /** BatchWriteItem: writes that succeed or fail one by one. */
    non-sealed interface BatchWrite extends Plan {

        List<TableWrite> writes();

        /** The answer, given the images of each write, in order; null for one that could not be processed now. */
        byte[] reply(List<@Nullable Images> images, Readers readers);
    }

    /** BatchExecuteStatement: writes that succeed or fail one by one, each with an error of its own. */
    non-sealed interface SeparateWrites extends Plan {

        List<TableWrite> writes();

        /** The answer, given the result of each write, in order. */
        byte[] reply(List<Result> results);

        /** What came of one write. */
        sealed interface Result {

            /** It took place. */
            record Done(Images images) implements Result {}

            /** It did not, for this reason. */
            record Refused(ServiceException error) implements Result {}
        }
    }

    /** TransactWriteItems: writes and checks of which all take place, or none. */
    non-sealed interface TransactWrite extends Plan {

        List<TableWrite> actions();

        /** What makes the same request take place once. */
        Optional<String> token();

        /** The answer, given the images of each action, in order. */
        byte[] reply(List<Images> images, Readers readers);

        /** The answer to a request that took place before. */
        byte[] replyAgain();
    }

    /** One write of a batch or a transaction. */
    record TableWrite(TableSchema table, ItemWrite write) {}

    /** GetItem, BatchGetItem, TransactGetItems, Query, Scan. */
    non-sealed interface Read extends Plan {

        /** Whether only single items are read: cheap enough for the thread that decoded the request. */
        boolean isPointRead();

        /** Whether everything is to be read as it was at one instant. */
        default boolean isOfOneInstant() {
            return false;
        }

        /** What must be brought up to date here before; empty unless a strongly consistent table is read strongly. */
        default List<StrongRead> strong() {
            return List.of();
        }

        /** Reads and writes the answer; throws {@link dev.meridian.table.model.ServiceException}. */
        byte[] run(Readers readers);

        /** Whether one page of a range is read in the order of its keys, so that {@link #runUpTo} may do. */
        default boolean isPageInOrder() {
            return false;
        }

        /** The same where the answer needs no row from that key on; empty where it does. */
        default Optional<byte[]> runUpTo(byte[] end, Readers readers) {
            throw new IllegalStateException("no page in order");
        }
    }

    /** Opens tables for reading. */
    @FunctionalInterface
    interface Readers {

        TableReader open(TableSchema table);

        /** What the tables can afford. */
        default Allowance allowance() {
            return Allowance.UNLIMITED;
        }
    }
}

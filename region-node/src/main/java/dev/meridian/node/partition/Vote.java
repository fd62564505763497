package dev.meridian.node.partition;

import dev.meridian.table.model.ServiceException;
import java.util.Optional;

/**
 * What a partition says to one action of a transaction.
 *
 * @param refusal why it cannot take place; empty: it can, and its item is locked until the transaction ends
 */
public record Vote(Optional<ServiceException> refusal) {

    static final Vote READY = new Vote(Optional.empty());

    static Vote refused(ServiceException error) {
        return new Vote(Optional.of(error));
    }
}

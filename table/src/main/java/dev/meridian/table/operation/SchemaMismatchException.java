package dev.meridian.table.operation;

import dev.meridian.table.model.ServiceException;
import java.util.Map;

/** What a request asks for does not fit the table. By itself it is invalid; in a transaction it is a reason to cancel. */
final class SchemaMismatchException extends ServiceException {

    private static final long serialVersionUID = 1L;

    SchemaMismatchException(String message) {
        super("com.amazon.coral.validate#ValidationException", 400, message, Map.of());
    }
}

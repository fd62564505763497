package dev.meridian.table.operation;

import dev.meridian.table.model.ServiceException;
import dev.meridian.table.model.Struct;
import java.util.Set;

/** Which values of ReturnValues an operation takes. */
final class ReturnValues {

    private ReturnValues() {}

    static void check(Struct request, Set<String> allowed) {
        String wanted = request.text("ReturnValues");
        if (wanted != null && !allowed.contains(wanted)) {
            throw ServiceException.validation("ReturnValues can only be ALL_OLD or NONE");
        }
    }
}

package dev.meridian.table.definition;

import dev.meridian.table.model.ServiceException;
import dev.meridian.table.model.Struct;
import org.jspecify.annotations.Nullable;

/** The encryption that CreateTable and UpdateTable ask for, and its rules. */
final class EncryptionRequest {

    private static final String INVALID = "One or more parameter values were invalid: ";

    private EncryptionRequest() {}

    static Encryption of(@Nullable Struct specification) {
        if (specification == null) {
            return Encryption.STANDARD;
        }
        boolean isManaged = specification.flag("Enabled");
        String type = specification.text("SSEType");
        if (!isManaged && (type != null || specification.has("KMSMasterKeyId"))) {
            throw ServiceException.validation(
                    INVALID + "Neither SSEType nor KMSMasterKeyId can be specified when SSE is not enabled");
        }
        if ("AES256".equals(type)) {
            throw ServiceException.validation(INVALID + "SSEType AES256 is not supported");
        }
        return new Encryption(isManaged, specification.text("KMSMasterKeyId", ""));
    }
}

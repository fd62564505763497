package dev.meridian.table.operation;

import dev.meridian.table.model.ServiceException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Why a transaction was cancelled, action by action. */
public final class Cancellation {

    private static final String CONFLICT_TEXT = "Transaction is ongoing for the item";

    private Cancellation() {}

    /** What a write meets that comes upon an item of a transaction under way. */
    public static ServiceException conflict() {
        return ServiceException.dynamodb("TransactionConflictException", CONFLICT_TEXT);
    }

    /** The error, given each action's refusal in the order of the actions; empty: nothing was wrong with it. */
    public static ServiceException of(List<Optional<ServiceException>> refusals) {
        String codes = refusals.stream().map(Cancellation::code).collect(Collectors.joining(", "));
        byte[] reasons = Answer.of(json -> {
            json.writeArrayFieldStart("CancellationReasons");
            for (Optional<ServiceException> refusal : refusals) {
                json.writeStartObject();
                json.writeStringField("Code", code(refusal));
                if (refusal.isPresent()) {
                    json.writeStringField(
                            "Message", String.valueOf(refusal.get().getMessage()));
                    byte[] item = refusal.get().members().get("Item");
                    if (item != null) {
                        json.writeFieldName("Item");
                        json.writeRawValue(new String(item, StandardCharsets.UTF_8));
                    }
                }
                json.writeEndObject();
            }
            json.writeEndArray();
        });
        return new ServiceException(
                "com.amazonaws.dynamodb.v20120810#TransactionCanceledException",
                400,
                "Transaction cancelled, please refer cancellation reasons for specific reasons [" + codes + "]",
                Map.of("CancellationReasons", array(reasons)));
    }

    /** The array in an object of that one member. */
    private static byte[] array(byte[] object) {
        String text = new String(object, StandardCharsets.UTF_8);
        return text.substring(text.indexOf('['), text.length() - 1).getBytes(StandardCharsets.UTF_8);
    }

    private static String code(Optional<ServiceException> refusal) {
        if (refusal.isEmpty()) {
            return "None";
        }
        String type = refusal.get().type();
        return switch (type.substring(type.indexOf('#') + 1)) {
            case "ConditionalCheckFailedException" -> "ConditionalCheckFailed";
            case "TransactionConflictException" -> "TransactionConflict";
            case "DuplicateItemException" -> "DuplicateItem";
            case "ItemCollectionSizeLimitExceededException" -> "ItemCollectionSizeLimitExceeded";
            case "ProvisionedThroughputExceededException" -> "ProvisionedThroughputExceeded";
            case "ThrottlingException", "RequestLimitExceeded" -> "ThrottlingError";
            default -> "ValidationError";
        };
    }
}

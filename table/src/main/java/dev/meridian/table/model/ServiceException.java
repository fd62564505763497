package dev.meridian.table.model;

import java.util.Map;

/** An error of the service, as a client sees it. Carries no stack trace: it is an answer, not a fault of ours. */
public class ServiceException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String type;
    private final int status;
    private final transient Map<String, byte[]> members;

    /**
     * @param type the full {@code __type}, for example {@code com.amazon.coral.validate#ValidationException}
     * @param status the HTTP status
     * @param members further members of the body: name to JSON value in UTF-8
     */
    public ServiceException(String type, int status, String message, Map<String, byte[]> members) {
        super(message, null, false, false);
        this.type = type;
        this.status = status;
        this.members = Map.copyOf(members);
    }

    public static ServiceException validation(String message) {
        return new ServiceException("com.amazon.coral.validate#ValidationException", 400, message, Map.of());
    }

    /** An error of the DynamoDB namespace, for example {@code ResourceNotFoundException}, with status 400. */
    public static ServiceException dynamodb(String name, String message) {
        return new ServiceException("com.amazonaws.dynamodb.v20120810#" + name, 400, message, Map.of());
    }

    public String type() {
        return type;
    }

    public int status() {
        return status;
    }

    public Map<String, byte[]> members() {
        return members;
    }
}

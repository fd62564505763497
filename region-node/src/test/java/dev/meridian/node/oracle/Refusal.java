package dev.meridian.node.oracle;

/** The service would refuse this, with an error of this type. */
final class Refusal extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final String type;

    Refusal(String type) {
        super(type, null, false, false);
        this.type = type;
    }

    static Refusal invalid() {
        return new Refusal("ValidationException");
    }

    String type() {
        return type;
    }
}

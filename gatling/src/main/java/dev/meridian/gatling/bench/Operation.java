package dev.meridian.gatling.bench;

/** What is measured. */
enum Operation {
    PUT_ITEM("PutItem"),
    GET_ITEM("GetItem");

    private final String title;

    Operation(String title) {
        this.title = title;
    }

    /** The name in the API. */
    String title() {
        return title;
    }
}

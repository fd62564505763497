package dev.meridian.node.oracle;

import java.util.Map;
import java.util.function.Supplier;

/**
 * One operation: what is sent, and what is to come back.
 *
 * @param expected gives the answer as {@link Outcome} tells it, and changes what the oracle knows; refuses with {@link Refusal}
 */
record Step(String operation, Map<String, Object> request, Supplier<Map<String, Object>> expected) {}

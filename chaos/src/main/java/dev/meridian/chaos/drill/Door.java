package dev.meridian.chaos.drill;

import dev.meridian.chaos.drill.History.Outcome;
import java.util.concurrent.CompletionStage;

/** How a load reaches the regions. What it returns never fails: a failure is an outcome. */
public interface Door {

    /** What an item has besides its padding. */
    int BARE_ITEM_BYTES = 60;

    /** What makes an item so large. */
    static String padding(int itemBytes) {
        return "x".repeat(Math.max(0, itemBytes - BARE_ITEM_BYTES));
    }

    /**
     * What came of an operation.
     *
     * @param seen of a read: the number of the write it saw, 0 for no item
     * @param token what the client is to carry from now on; empty: what it carries already
     */
    record Answer(Outcome outcome, long seen, String token) {

        public Answer(Outcome outcome, long seen) {
            this(outcome, seen, "");
        }
    }

    /** The door as a client meets it that carries a session's token: {@code new}, or what an answer told it to carry. */
    Door carrying(String token);

    /** Puts the key's item, which carries the number. */
    CompletionStage<Answer> put(String region, String key, long number);

    /** Adds one to the key's counter, which carries the number from then on. */
    CompletionStage<Answer> add(String region, String key, long number);

    /** Moves as much as the number says from an account to another, both or neither; both carry the number from then on. */
    CompletionStage<Answer> transfer(String region, String from, String to, long number);

    /** Reads the key's item. */
    CompletionStage<Answer> get(String region, String key);
}

package dev.meridian.chaos.drill.fault;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** A link as drill files name it. */
public record LinkName(String from, String to, boolean oneWay) {

    /** A link in one direction. */
    public record OneWay(String from, String to) {}

    /** What is done to one direction. */
    @FunctionalInterface
    interface Change {

        CompletionStage<Void> to(String from, String to);
    }

    /** Every direction between two groups, or from one to the other. */
    static List<OneWay> between(List<String> from, List<String> to, boolean oneWay) {
        List<OneWay> links = new ArrayList<>();
        for (String one : from) {
            for (String other : to) {
                links.add(new OneWay(one, other));
                if (!oneWay) {
                    links.add(new OneWay(other, one));
                }
            }
        }
        return links;
    }

    /** Both directions, or one. */
    public List<OneWay> directions() {
        return between(List.of(from), List.of(to), oneWay);
    }

    /** Does it to each; completes when all is done. */
    static CompletionStage<Void> each(List<OneWay> links, Change change) {
        return CompletableFuture.allOf(links.stream()
                .map(link -> change.to(link.from(), link.to()).toCompletableFuture())
                .toArray(CompletableFuture[]::new));
    }

    @Override
    public String toString() {
        return from + (oneWay ? " > " : " ~ ") + to;
    }
}

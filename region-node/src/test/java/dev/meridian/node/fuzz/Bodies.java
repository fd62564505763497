package dev.meridian.node.fuzz;

import static dev.meridian.node.fuzz.Hostile.pick;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;

/** Bodies of requests: a sample with members dropped, doubled, moved, retyped, and bytes no longer what they were. */
final class Bodies {

    private static final List<String> SAMPLES = samples();
    private static final List<String> SAMPLES_OF_ITEMS =
            SAMPLES.stream().takeWhile(line -> !line.startsWith("CreateTable ")).toList();
    private static final List<byte[]> NOT_UTF_8 = List.of(
            new byte[] {(byte) 0xC0, (byte) 0x80},
            new byte[] {(byte) 0xFF},
            new byte[] {(byte) 0xED, (byte) 0xA0, (byte) 0x80},
            new byte[] {(byte) 0xF4, (byte) 0x90, (byte) 0x80, (byte) 0x80},
            new byte[] {(byte) 0xE2, (byte) 0x82},
            new byte[] {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF},
            new byte[] {0});

    private final Random random;
    private final Expressions expressions;

    /** A place in a body: the object or the array, and which of its values. */
    private record Place(Node parent, int at) {}

    Bodies(Random random) {
        this.random = random;
        this.expressions = new Expressions(random);
    }

    private static List<String> samples() {
        try (InputStream in = Objects.requireNonNull(Bodies.class.getResourceAsStream("samples.txt"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** The next sample: its operation, a space and its JSON. Most are of operations on items. */
    String sample() {
        return pick(random.nextInt(4) > 0 ? SAMPLES_OF_ITEMS : SAMPLES, random);
    }

    byte[] broken(String json) {
        Node body = Node.read(json);
        if (random.nextInt(5) < 2) {
            rewrite(body);
        }
        int changes = random.nextBoolean() ? 0 : random.nextInt(4);
        for (int i = 0; i < changes; i++) {
            change(body);
        }
        byte[] bytes = Node.text(body).getBytes(StandardCharsets.UTF_8);
        return random.nextInt(16) == 0 ? harm(bytes) : bytes;
    }

    /** New expressions wherever the sample has some. */
    private void rewrite(Node node) {
        if (node instanceof Node.Members object) {
            for (String name : List.copyOf(object.names())) {
                if (name.endsWith("Expression") || name.equals("Statement")) {
                    expressions.replace(object, name);
                }
            }
            List.copyOf(object.values()).forEach(this::rewrite);
        } else if (node instanceof Node.Elements array) {
            array.values().forEach(this::rewrite);
        }
    }

    private void change(Node body) {
        List<Place> places = new ArrayList<>();
        collect(body, places);
        if (places.isEmpty()) {
            return;
        }
        Place place = pick(places, random);
        Place other = pick(places, random);
        List<Node> values = values(place.parent());
        Node here = values.get(place.at());
        switch (random.nextInt(9)) {
            case 0 -> remove(place);
            case 1 -> add(place, here);
            case 2 -> add(place, Hostile.any(random));
            case 3 -> values.set(place.at(), copy(values(other.parent()).get(other.at())));
            case 4 -> rename(place);
            case 5 -> borrow(place);
            case 6 -> values.set(place.at(), edited(here));
            default -> values.set(place.at(), Hostile.any(random));
        }
    }

    private static void collect(Node node, List<Place> places) {
        List<Node> values = values(node);
        for (int i = 0; i < values.size(); i++) {
            places.add(new Place(node, i));
            collect(values.get(i), places);
        }
    }

    private static List<Node> values(Node node) {
        if (node instanceof Node.Members object) {
            return object.values();
        }
        return node instanceof Node.Elements array ? array.values() : List.of();
    }

    private static Node copy(Node node) {
        if (node instanceof Node.Leaf) {
            return node;
        }
        if (node instanceof Node.Elements array) {
            return new Node.Elements(
                    new ArrayList<>(array.values().stream().map(Bodies::copy).toList()));
        }
        Node.Members object = (Node.Members) node;
        Node.Members copy = Node.object();
        for (int i = 0; i < object.names().size(); i++) {
            copy.add(object.names().get(i), copy(object.values().get(i)));
        }
        return copy;
    }

    private static void remove(Place place) {
        if (place.parent() instanceof Node.Members object) {
            object.remove(place.at());
        } else {
            values(place.parent()).remove(place.at());
        }
    }

    private void add(Place place, Node value) {
        if (place.parent() instanceof Node.Members object) {
            object.add(
                    random.nextBoolean()
                            ? object.names().get(place.at())
                            : pick(List.of("", "p", "x", "#x", ":x", "S"), random),
                    copy(value));
        } else {
            int times = random.nextInt(10) == 0 ? 120 : 1;
            for (int i = 0; i < times; i++) {
                values(place.parent()).add(copy(value));
            }
        }
    }

    private void rename(Place place) {
        if (place.parent() instanceof Node.Members object) {
            String name = object.names().get(place.at());
            object.names()
                    .set(
                            place.at(),
                            switch (random.nextInt(4)) {
                                case 0 -> name.toLowerCase(java.util.Locale.ROOT);
                                case 1 -> Hostile.repeated(name, random);
                                case 2 -> pick(object.names(), random);
                                default ->
                                    pick(List.of("", "S", "N", "NS", "M", "L", "BOOL", "p", "#p", ":v0", "\0"), random);
                            });
        }
    }

    /** Members of another request. */
    private void borrow(Place place) {
        String sample = sample();
        Node other = Node.read(sample.substring(sample.indexOf(' ') + 1));
        List<Place> places = new ArrayList<>();
        collect(other, places);
        if (!places.isEmpty() && place.parent() instanceof Node.Members object) {
            Place found = pick(places, random);
            if (found.parent() instanceof Node.Members from) {
                object.set(from.names().get(found.at()), values(found.parent()).get(found.at()));
            }
        }
    }

    private Node edited(Node node) {
        if (node instanceof Node.Leaf leaf && leaf.isString()) {
            String inside = leaf.text().substring(1, leaf.text().length() - 1);
            return new Node.Leaf('"' + expressions.broken(inside) + '"');
        }
        return Hostile.any(random);
    }

    private byte[] harm(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        int at = random.nextInt(text.length());
        int end = at + random.nextInt(text.length() - at);
        String inserted = new String(pick(NOT_UTF_8, random), StandardCharsets.ISO_8859_1);
        String harmed = switch (random.nextInt(7)) {
            case 0 -> text.substring(0, at);
            case 1 -> text.substring(0, at) + text.substring(end);
            case 2 -> text + text.substring(at);
            case 3 -> " ".repeat(1 << random.nextInt(16)) + text;
            case 4 -> text.substring(0, at) + (char) random.nextInt(256) + text.substring(at + 1);
            case 5 -> new String(text.getBytes(StandardCharsets.UTF_16BE), StandardCharsets.ISO_8859_1);
            default -> text.substring(0, at) + inserted + text.substring(at);
        };
        return harmed.getBytes(StandardCharsets.ISO_8859_1);
    }
}

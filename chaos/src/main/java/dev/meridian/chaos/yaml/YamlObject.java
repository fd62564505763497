package dev.meridian.chaos.yaml;

import dev.meridian.chaos.fault.Durations;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** A YAML mapping that knows its lines. Every reading method throws {@link DrillFileException} for what is not as asked for. */
public final class YamlObject {

    private static final int CODE_POINTS_MAX = 1 << 20;
    private static final int ALIASES_MAX = 50;

    private final String name;
    private final int line;
    private final Map<String, Node> values = new LinkedHashMap<>();
    private final Map<String, Integer> lines = new LinkedHashMap<>();

    private YamlObject(String name, Node node) {
        this.name = name;
        this.line = line(node);
        if (!(node instanceof MappingNode mapping)) {
            throw new DrillFileException(line, "'" + name + "' is a mapping, with 'key: value' lines");
        }
        for (NodeTuple tuple : mapping.getValue()) {
            String key = scalar(tuple.getKeyNode(), "a key");
            if (values.put(key, tuple.getValueNode()) != null) {
                throw new DrillFileException(line(tuple.getKeyNode()), "'" + key + "' is there twice");
            }
            lines.put(key, line(tuple.getKeyNode()));
        }
    }

    public static YamlObject parse(String text) {
        try {
            LoadSettings settings = LoadSettings.builder()
                    .setUseMarks(true)
                    .setMaxAliasesForCollections(ALIASES_MAX)
                    .setCodePointLimit(CODE_POINTS_MAX)
                    .build();
            Node root = new Compose(settings)
                    .composeString(text)
                    .orElseThrow(() -> new DrillFileException(1, "the file is empty"));
            return new YamlObject("the drill", root);
        } catch (MarkedYamlEngineException malformed) {
            int at = malformed.getProblemMark().map(Mark::getLine).orElse(0) + 1;
            throw new DrillFileException(at, malformed.getProblem());
        }
    }

    private static int line(Node node) {
        return node.getStartMark().map(Mark::getLine).orElse(0) + 1;
    }

    private static String scalar(Node node, String what) {
        if (node instanceof ScalarNode scalar) {
            return scalar.getValue();
        }
        throw new DrillFileException(line(node), "'" + what + "' is a single value");
    }

    /** Refuses keys other than these. */
    public YamlObject only(Collection<String> known) {
        lines.forEach((key, at) -> {
            if (!known.contains(key)) {
                throw new DrillFileException(
                        at,
                        "unknown key '" + key + "' in " + name + "; did you mean '" + Nearest.to(key, known) + "'?");
            }
        });
        return this;
    }

    public int line() {
        return line;
    }

    public int line(String key) {
        return lines.getOrDefault(key, line);
    }

    public boolean has(String key) {
        return values.containsKey(key);
    }

    public String text(String key) {
        Node node = values.get(key);
        if (node == null) {
            throw new DrillFileException(line, name + " needs '" + key + "'");
        }
        return scalar(node, key);
    }

    public String text(String key, String otherwise) {
        return has(key) ? text(key) : otherwise;
    }

    public long millis(String key, long otherwise) {
        if (!has(key)) {
            return otherwise;
        }
        try {
            return Durations.millis(text(key));
        } catch (IllegalArgumentException wrong) {
            throw new DrillFileException(line(key), String.valueOf(wrong.getMessage()));
        }
    }

    public long number(String key, long otherwise) {
        if (!has(key)) {
            return otherwise;
        }
        try {
            return Long.parseLong(text(key));
        } catch (NumberFormatException wrong) {
            throw new DrillFileException(line(key), "'" + key + "' is a whole number, not '" + text(key) + "'");
        }
    }

    /** A share of the whole, written like 1% or 0.5; 0 where it is left out. */
    public double share(String key) {
        String text = text(key, "0%");
        try {
            double number = Double.parseDouble(text.replace("%", ""));
            double ratio = text.endsWith("%") ? number / 100 : number;
            if (ratio >= 0 && ratio <= 1) {
                return ratio;
            }
        } catch (NumberFormatException wrong) {
            // Told below.
        }
        throw new DrillFileException(line(key), "'" + key + "' is written like 1%");
    }

    public Optional<YamlObject> object(String key) {
        Node node = values.get(key);
        return node == null ? Optional.empty() : Optional.of(new YamlObject("'" + key + "'", node));
    }

    public List<YamlObject> objects(String key) {
        return elements(key).stream()
                .map(node -> new YamlObject("an entry of '" + key + "'", node))
                .toList();
    }

    public List<String> texts(String key) {
        Node node = values.get(key);
        if (node instanceof ScalarNode single) {
            return List.of(single.getValue());
        }
        return elements(key).stream().map(element -> scalar(element, key)).toList();
    }

    /** The lines of a list's elements. */
    public List<Integer> linesOf(String key) {
        return elements(key).stream().map(YamlObject::line).toList();
    }

    private List<Node> elements(String key) {
        @Nullable Node node = values.get(key);
        if (node == null) {
            return List.of();
        }
        if (node instanceof SequenceNode sequence) {
            return new ArrayList<>(sequence.getValue());
        }
        throw new DrillFileException(line(node), "'" + key + "' is a list");
    }
}

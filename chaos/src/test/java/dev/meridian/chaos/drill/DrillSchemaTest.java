package dev.meridian.chaos.drill;

import static dev.meridian.chaos.drill.MiniSchema.list;
import static dev.meridian.chaos.drill.MiniSchema.object;
import static org.assertj.core.api.Assertions.assertThat;

import dev.meridian.chaos.drill.fault.FaultKinds;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** The schema that editors complete drill files with says what the parser takes, no less and no more. */
class DrillSchemaTest {

    private final Map<String, Object> schema = schema();

    private static Map<String, Object> schema() {
        // JSON is YAML.
        try (InputStream file = DrillSchemaTest.class.getResourceAsStream("/drills/drill.schema.json")) {
            return object(load(new String(Objects.requireNonNull(file).readAllBytes())));
        } catch (IOException unreadable) {
            throw new AssertionError(unreadable);
        }
    }

    private static Object load(String yaml) {
        return new Load(LoadSettings.builder().build()).loadFromString(yaml);
    }

    private Map<String, Object> properties(String... path) {
        Map<String, Object> at = object(schema.get("properties"));
        for (String key : path) {
            at = object(object(at.get(key)).get("properties"));
        }
        return at;
    }

    @ParameterizedTest
    @MethodSource("dev.meridian.chaos.drill.DrillLibrary#names")
    void whatComesAlongFits(String name) {
        Object drill = load(DrillLibrary.text(name).orElseThrow());
        assertThat(new MiniSchema(schema).errors(drill)).isEmpty();
    }

    @Test
    void theStarterFitsAndIsReadable() {
        String starter = DrillLibrary.starter("mine");
        assertThat(new MiniSchema(schema).errors(load(starter))).isEmpty();
        assertThat(DrillParser.parse(starter).name()).isEqualTo("mine");
        // What is commented out is right, too.
        String all = starter.replaceAll("(?m)^(\\s+)# (- \\{|[a-z-]+:)", "$1$2");
        assertThat(new MiniSchema(schema).errors(load(all))).isEmpty();
        assertThat(DrillParser.parse(all).steps()).hasSizeGreaterThan(5);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "rate: much",
                "for: 1s",
                "rate: 1/s, kyes: 3",
                "rate: 1/s, mode: no",
                "rate: 1/s, puts: 101",
                "rate: 1/s, session: maybe",
                "rate: 1/s, home: Mars"
            })
    void wrongLoadsDoNotFit(String wrong) {
        String drill =
                DrillLibrary.text("split-brain").orElseThrow().replaceAll("load: \\{.*}", "load: { " + wrong + " }");
        assertThat(new MiniSchema(schema).errors(load(drill))).isNotEmpty();
    }

    @Test
    void itsKeysAreTheParsers() {
        assertThat(properties().keySet()).containsExactlyInAnyOrderElementsOf(DrillKeys.ROOT);
        assertThat(properties("metadata").keySet()).containsExactlyInAnyOrderElementsOf(DrillKeys.METADATA);
        assertThat(properties("spec").keySet()).containsExactlyInAnyOrderElementsOf(DrillKeys.SPEC);
        assertThat(properties("spec", "topology").keySet()).containsExactlyInAnyOrderElementsOf(DrillKeys.TOPOLOGY);
        assertThat(properties("spec", "load").keySet()).containsExactlyInAnyOrderElementsOf(DrillKeys.LOAD);
    }

    @Test
    void itsFaultsAreTheParsers() {
        Map<String, List<String>> offered = new TreeMap<>();
        Map<String, Object> steps = object(properties("spec").get("steps"));
        for (Object fault : list(object(steps.get("items")).get("oneOf"))) {
            Map<String, Object> keys = object(object(fault).get("properties"));
            Map<String, Object> names = object(keys.get("fault"));
            List<String> own = new ArrayList<>(keys.keySet());
            own.removeAll(DrillKeys.STEP);
            own.sort(null);
            for (Object name : names.containsKey("const")
                    ? List.of(String.valueOf(names.get("const")))
                    : list(names.get("enum"))) {
                offered.put(name.toString(), own);
            }
        }
        Map<String, List<String>> taken = new TreeMap<>();
        FaultKinds.keys()
                .forEach(
                        (fault, keys) -> taken.put(fault, keys.stream().sorted().toList()));
        assertThat(offered).isEqualTo(taken);
    }

    @Test
    void itsMeasuresAreTheOnesThereAre() {
        Map<String, Object> threshold =
                object(object(properties("spec").get("thresholds")).get("items"));
        String pattern = String.valueOf(threshold.get("pattern"));
        String names = pattern.substring(pattern.indexOf('(') + 1, pattern.indexOf(')'));
        assertThat(List.of(names.replace("\\.", ".").split("\\|")))
                .containsExactlyInAnyOrderElementsOf(Measures.NAMES.keySet());
        Map<String, Object> sometimes =
                object(object(properties("spec").get("sometimes")).get("items"));
        assertThat(list(sometimes.get("enum"))).containsExactlyInAnyOrderElementsOf(Measures.SOMETIMES.keySet());
    }
}

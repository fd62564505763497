package dev.meridian.chaos.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** docs/global-tables.md has a row for each of the 64 rules, and names exactly the test classes that show it. */
class RulesPageTest {

    private static final int RULES = 64;
    private static final Pattern ROW = Pattern.compile("^\\| (\\d+) \\|.*\\| ([^|]*) \\|$", Pattern.MULTILINE);
    private static final Pattern TEST = Pattern.compile("`(\\w+Test)`");

    @Test
    void thePageNamesTheTestsThatAreThere() throws IOException {
        Map<Integer, Set<String>> named = new TreeMap<>();
        Matcher rows = ROW.matcher(Files.readString(Path.of("../docs/global-tables.md")));
        while (rows.find()) {
            Set<String> tests = new TreeSet<>();
            Matcher test = TEST.matcher(rows.group(2));
            while (test.find()) {
                tests.add(test.group(1));
            }
            named.put(Integer.parseInt(rows.group(1)), tests);
        }
        Map<Integer, Set<String>> shown = new TreeMap<>();
        for (int rule = 1; rule <= RULES; rule++) {
            shown.put(rule, new TreeSet<>());
        }
        new ClassFileImporter()
                .importPackages("dev.meridian.chaos").stream()
                        .flatMap(type -> type.getMethods().stream())
                        .filter(method -> method.isAnnotatedWith(Rule.class))
                        .forEach(method -> note(shown, method));
        assertThat(named).isEqualTo(shown);
    }

    private static void note(Map<Integer, Set<String>> shown, JavaMethod method) {
        for (int rule : method.getAnnotationOfType(Rule.class).value()) {
            shown.get(rule).add(method.getOwner().getSimpleName());
        }
    }
}

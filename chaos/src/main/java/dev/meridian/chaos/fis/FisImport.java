package dev.meridian.chaos.fis;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Makes a drill file of an AWS FIS experiment template. What has no counterpart is refused by name; what is left out on request is
 * said in the file.
 */
public final class FisImport {

    private static final String PAUSE = "aws:dynamodb:global-table-pause-replication";
    private static final String WAIT = "aws:fis:wait";
    private static final Set<String> CROSS_REGION = Set.of(
            "aws:network:route-table-disrupt-cross-region-connectivity",
            "aws:network:transit-gateway-disrupt-cross-region-connectivity");
    private static final String DISRUPT = "aws:network:disrupt-connectivity";
    private static final Pattern ARN_REGION = Pattern.compile("arn:aws[a-z-]*:[a-z0-9]+:([a-z0-9-]+):.*");
    private static final List<String> USUAL_REGIONS = List.of("us-east-1", "eu-west-1", "ap-southeast-2");
    /** Before the first action and after the last, so that the report shows what is usual. */
    private static final long QUIET_SECONDS = 10;

    private final FisTemplate template;
    private final String home;
    private final boolean skipsUnknown;
    private final Map<String, Long> ends = new LinkedHashMap<>();
    private final List<String> steps = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();
    private final Set<String> regions = new LinkedHashSet<>();

    private FisImport(FisTemplate template, String region, boolean skipsUnknown) {
        this.template = template;
        this.home = region.isEmpty() ? homeOf(template) : region;
        this.skipsUnknown = skipsUnknown;
        regions.add(home);
    }

    /**
     * The drill file's text; throws IllegalArgumentException for the user.
     *
     * @param region where the experiment runs; empty: as its targets' ARNs say, else us-east-1
     * @param skipsUnknown leave out what has no counterpart, and say so
     */
    public static String drill(String template, String region, boolean skipsUnknown) {
        return new FisImport(FisTemplate.parse(template), region, skipsUnknown).write();
    }

    private static String homeOf(FisTemplate template) {
        for (List<String> arns : template.targets().values()) {
            for (String arn : arns) {
                Matcher matcher = ARN_REGION.matcher(arn);
                if (matcher.matches()) {
                    return matcher.group(1);
                }
            }
        }
        return USUAL_REGIONS.get(0);
    }

    private String write() {
        template.actions().keySet().forEach(name -> end(name, new LinkedHashSet<>()));
        if (steps.isEmpty()) {
            throw new IllegalArgumentException("no action of the template has a counterpart in a drill");
        }
        USUAL_REGIONS.stream().filter(usual -> regions.size() < 3).forEach(regions::add);
        template.stopConditions()
                .forEach(source -> notes.add("stop condition " + source + " is left out; write a threshold for it"));
        List<String> others =
                regions.stream().filter(region -> !region.equals(home)).toList();
        long last = ends.values().stream().mapToLong(Long::longValue).max().orElse(0);
        StringBuilder yaml = new StringBuilder();
        yaml.append("# From an AWS FIS experiment template.\n");
        notes.forEach(note -> yaml.append("# ").append(note).append('\n'));
        yaml.append("apiVersion: meridian/v1\nkind: Drill\nmetadata:\n  name: ")
                .append(name())
                .append("\n  title: ")
                .append(quoted(template.description().isBlank() ? template.name() : template.description()))
                .append("\n  tags: [fis]\nspec:\n  topology: { regions: [")
                .append(String.join(", ", regions))
                .append("], latency: aws }\n  load: { mode: one-region, home: ")
                .append(home)
                .append(", failover-to: [")
                .append(String.join(", ", others))
                .append("], rate: 100/s, for: ")
                .append(QUIET_SECONDS + last + QUIET_SECONDS)
                .append("s, keys: 1000, puts: 50 }\n  steps:\n");
        steps.forEach(step -> yaml.append("    - { ").append(step).append(" }\n"));
        yaml.append("  thresholds:\n    - lost-acknowledged-writes == 0\n    - errors <= 1%\n")
                .append("    - converge-after-heal <= 60s\n  settle: 120s\n");
        return yaml.toString();
    }

    /** When an action ends, in seconds since the experiment began. */
    private long end(String name, Set<String> waiting) {
        Long known = ends.get(name);
        if (known != null) {
            return known;
        }
        FisTemplate.Action action = template.actions().get(name);
        if (action == null || !waiting.add(name)) {
            throw new IllegalArgumentException(
                    action == null
                            ? "startAfter names '" + name + "', which is no action"
                            : "'" + name + "' starts after itself");
        }
        long start = 0;
        for (String before : action.startAfter()) {
            start = Math.max(start, end(before, waiting));
        }
        long end = start + seconds(name, action);
        ends.put(name, end);
        step(name, action, start, end - start);
        return end;
    }

    private void step(String name, FisTemplate.Action action, long start, long seconds) {
        String when = String.format(Locale.ROOT, "at: %ds, for: %ds, fault: ", QUIET_SECONDS + start, seconds);
        if (action.id().equals(PAUSE)) {
            String region = action.targets().stream()
                    .flatMap(target -> template.targets().getOrDefault(target, List.of()).stream())
                    .map(ARN_REGION::matcher)
                    .filter(Matcher::matches)
                    .map(matcher -> matcher.group(1))
                    .findFirst()
                    .orElse(home);
            regions.add(region);
            steps.add(when + PAUSE + ", region: " + region);
        } else if (CROSS_REGION.contains(action.id())) {
            String other = action.parameters().get("region");
            if (other == null || other.equals(home)) {
                throw new IllegalArgumentException("action '" + name + "' needs the parameter 'region', another than "
                        + home + ", where the experiment runs");
            }
            regions.add(other);
            steps.add(when + "link-cut, link: " + home + "~" + other);
        } else if (action.id().equals(DISRUPT)) {
            steps.add(when + disrupted(name, action));
        } else if (!action.id().equals(WAIT)) {
            if (!skipsUnknown) {
                throw new IllegalArgumentException("action '" + name + "' is " + action.id()
                        + ", which has no counterpart in a drill; --skip-unknown leaves it out");
            }
            notes.add("action '" + name + "', " + action.id() + ", is left out");
        }
    }

    /** Packets that a subnet may not send are dropped, so whoever is in it waits for an answer from the region in vain. */
    private String disrupted(String name, FisTemplate.Action action) {
        String scope = action.parameters().getOrDefault("scope", "all");
        if (!scope.equals("dynamodb") && !scope.equals("all")) {
            throw new IllegalArgumentException("action '" + name + "' has the scope '" + scope
                    + "'; of aws:network:disrupt-connectivity, dynamodb and all have a counterpart in a drill");
        }
        return "http-door, effect: hang, region: " + home;
    }

    private static long seconds(String name, FisTemplate.Action action) {
        String duration = action.parameters().getOrDefault("duration", "PT0S");
        try {
            return Duration.parse(duration).toSeconds();
        } catch (DateTimeParseException wrong) {
            throw new IllegalArgumentException(
                    "the duration of action '" + name + "' is '" + duration + "'; FIS writes PT12M", wrong);
        }
    }

    private String name() {
        String name = template.name()
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^a-z0-9]+", "-")
                .replaceAll("^-|-$", "");
        name = name.substring(0, Math.min(48, name.length())).replaceAll("-$", "");
        return name.isEmpty() ? "imported" : name;
    }

    private static String quoted(String text) {
        return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", " ") + "\"";
    }
}

package dev.meridian.chaos.fault;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Ordinary latencies between regions: none, one for all, or about those between AWS regions.
 *
 * <p>The {@code aws} table holds one-way milliseconds, half of round trips as publicly reported for 2024–2025 and rounded;
 * they are for rehearsal, not a promise of anyone's network. Pairs that are not in the table take 80 ms.
 */
public final class LatencyPreset {

    private static final long OTHER_PAIRS_MILLIS = 80;
    private static final Map<String, Long> AWS = Map.ofEntries(
            Map.entry("us-east-1~us-east-2", 7L),
            Map.entry("us-east-1~us-west-1", 31L),
            Map.entry("us-east-1~us-west-2", 33L),
            Map.entry("eu-west-1~us-east-1", 34L),
            Map.entry("eu-central-1~us-east-1", 46L),
            Map.entry("ap-southeast-2~us-east-1", 99L),
            Map.entry("ap-northeast-1~us-east-1", 74L),
            Map.entry("ap-southeast-1~us-east-1", 108L),
            Map.entry("sa-east-1~us-east-1", 57L),
            Map.entry("eu-west-1~us-west-2", 62L),
            Map.entry("ap-southeast-2~us-west-2", 70L),
            Map.entry("ap-northeast-1~us-west-2", 48L),
            Map.entry("eu-central-1~eu-west-1", 13L),
            Map.entry("ap-southeast-2~eu-west-1", 128L),
            Map.entry("ap-northeast-1~eu-west-1", 101L),
            Map.entry("ap-southeast-1~eu-west-1", 87L),
            Map.entry("ap-northeast-1~ap-southeast-2", 52L),
            Map.entry("ap-southeast-1~ap-southeast-2", 46L));

    private LatencyPreset() {}

    /** The baseline of all links among the regions for {@code none}, {@code aws} or a duration such as {@code 80ms}. */
    public static Map<FaultBoard.Direction, LinkFault> of(String preset, List<String> regions) {
        Map<FaultBoard.Direction, LinkFault> links = new HashMap<>();
        for (String from : regions) {
            for (String to : regions) {
                if (!from.equals(to)) {
                    links.put(new FaultBoard.Direction(from, to), LinkFault.latency(millis(preset, from, to)));
                }
            }
        }
        return links;
    }

    private static long millis(String preset, String from, String to) {
        return switch (preset) {
            case "none" -> 0;
            case "aws" -> betweenAwsRegionsMillis(from, to);
            default -> Durations.millis(preset);
        };
    }

    /** About how far apart two AWS regions are, one way. */
    public static long betweenAwsRegionsMillis(String from, String to) {
        return from.equals(to)
                ? 0
                : AWS.getOrDefault(from.compareTo(to) < 0 ? from + "~" + to : to + "~" + from, OTHER_PAIRS_MILLIS);
    }
}

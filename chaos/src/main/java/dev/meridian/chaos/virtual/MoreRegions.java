package dev.meridian.chaos.virtual;

import dev.meridian.chaos.drill.Drill;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** A drill in more regions than its file says. */
public final class MoreRegions {

    private static final List<String> NAMES = List.of(
            "us-east-1",
            "eu-west-1",
            "ap-southeast-2",
            "us-west-2",
            "ap-northeast-1",
            "eu-central-1",
            "us-east-2",
            "ap-southeast-1",
            "sa-east-1",
            "us-west-1",
            "ca-central-1",
            "eu-west-2",
            "eu-north-1",
            "ap-south-1",
            "eu-west-3",
            "ap-northeast-2");

    private MoreRegions() {}

    /** With so many regions, or with these; those that the drill names stay. Throws IllegalArgumentException for the user. */
    public static Drill of(Drill drill, String regions) {
        List<String> own = drill.topology().regions();
        Set<String> all = new LinkedHashSet<>(own);
        if (regions.matches("[0-9]{1,3}")) {
            int count = Integer.parseInt(regions);
            if (count < own.size() || count > NAMES.size()) {
                throw new IllegalArgumentException("the drill takes place in " + own.size()
                        + " regions; there can be up to " + NAMES.size() + ", not " + count);
            }
            NAMES.stream()
                    .filter(name -> !own.contains(name))
                    .limit(count - own.size())
                    .forEach(all::add);
        } else {
            all.addAll(List.of(regions.split(",")));
        }
        if (drill.topology().isStrong() && all.size() > own.size()) {
            throw new IllegalArgumentException("a strongly consistent table stands in three regions, no more");
        }
        return drill.withRegions(new ArrayList<>(all));
    }
}

package dev.meridian.chaos.control;

import dev.meridian.chaos.api.Fields;
import dev.meridian.chaos.world.World;
import dev.meridian.table.operation.Answer;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** {@code PUT tables/{table}/conflict-policy}: set at once in every region that has the table, so that no two of them decide by different rules. */
final class ConflictPolicies {

    private final World world;
    private final RegionReports reports;

    ConflictPolicies(World world, RegionReports reports) {
        this.world = world;
        this.reports = reports;
    }

    /** Sets it; answers with it, and throws or completes with IllegalArgumentException where a region refuses. */
    CompletionStage<byte[]> set(String table, String policy) {
        if (world.states().values().stream().anyMatch(state -> state != World.State.LIVE)) {
            throw new IllegalArgumentException("a policy is set while all regions live");
        }
        String query = "table=" + RegionReports.encode(table) + "&policy=" + RegionReports.encode(policy);
        return reports.ask("policy?" + query).thenApply(answers -> {
            List<String> told =
                    answers.values().stream().flatMap(Optional::stream).toList();
            if (told.stream().noneMatch(answer -> member(answer, "absent").isEmpty())) {
                throw new IllegalArgumentException("there is no table " + table);
            }
            told.stream()
                    .map(answer -> member(answer, "refused"))
                    .filter(text -> !text.isEmpty())
                    .findFirst()
                    .ifPresent(text -> {
                        throw new IllegalArgumentException(text);
                    });
            return Answer.of(json -> json.writeStringField("policy", policy));
        });
    }

    private static String member(String answer, String name) {
        try {
            return Fields.parseOptional(Buffer.buffer(answer)).text(name, "");
        } catch (IOException garbled) {
            return garbled.toString();
        }
    }
}

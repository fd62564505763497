package dev.meridian.node.control;

import dev.meridian.node.catalogue.CatalogueEvent;
import dev.meridian.node.catalogue.TableArns;
import dev.meridian.node.catalogue.TableSettings;
import dev.meridian.node.catalogue.TableState;
import dev.meridian.table.definition.KeySchema;
import dev.meridian.table.model.ServiceException;
import dev.meridian.table.model.Struct;
import dev.meridian.table.operation.Answer;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Contributor insights of tables and indexes: whether they are on. What they would show is CloudWatch's, which is not here. */
final class ContributorInsights {

    private static final String PREFIX = "contributor-insights/";
    private static final String STANDARD_MODE = "ACCESSED_AND_THROTTLED_KEYS";

    private final ControlSetting setting;

    ContributorInsights(ControlSetting setting) {
        this.setting = setting;
    }

    /** What is kept of a table or index for which they were ever set. */
    private record State(boolean enabled, String mode, long changedMillis) {

        static State parse(String text) {
            String[] parts = text.split(" ");
            return new State(parts[0].equals("ENABLED"), parts[1], Long.parseLong(parts[2]));
        }

        String text() {
            return status() + " " + mode + " " + changedMillis;
        }

        String status() {
            return enabled ? "ENABLED" : "DISABLED";
        }
    }

    static Map<String, Function<ControlSetting, ControlOperation>> operations() {
        return Map.of(
                "UpdateContributorInsights", setting -> new ContributorInsights(setting)::update,
                "DescribeContributorInsights", setting -> new ContributorInsights(setting)::describe,
                "ListContributorInsights", setting -> new ContributorInsights(setting)::list);
    }

    private CompletionStage<byte[]> update(Struct request) {
        boolean isEnabled = request.requiredText("ContributorInsightsAction").equals("ENABLE");
        String mode = request.text("ContributorInsightsMode", STANDARD_MODE);
        String index = request.text("IndexName");
        State changed = new State(isEnabled, mode, setting.clock().millis());
        String asked = request.requiredText("TableName");
        return setting.writer()
                .change(state -> {
                    TableState table = existing(setting.existing(state, asked), index);
                    TableSettings settings = table.settings().with(key(index), changed.text());
                    return List.of(new CatalogueEvent.SettingsChanged(table.globalId(), settings));
                })
                .thenApply(state -> Answer.of(json -> {
                    json.writeStringField("TableName", TableArns.nameIn(asked));
                    if (index != null) {
                        json.writeStringField("IndexName", index);
                    }
                    json.writeStringField("ContributorInsightsStatus", isEnabled ? "ENABLING" : "DISABLING");
                    json.writeStringField("ContributorInsightsMode", mode);
                }));
    }

    private CompletionStage<byte[]> describe(Struct request) {
        String index = request.text("IndexName");
        TableState table = existing(setting.existing(request.requiredText("TableName")), index);
        Optional<State> found = table.settings().get(key(index)).map(State::parse);
        return CompletableFuture.completedFuture(Answer.of(json -> {
            json.writeStringField("TableName", table.name());
            if (index != null) {
                json.writeStringField("IndexName", index);
            }
            json.writeStringField(
                    "ContributorInsightsStatus", found.map(State::status).orElse("DISABLED"));
            if (found.isPresent()) {
                State state = found.get();
                if (state.enabled()) {
                    json.writeArrayFieldStart("ContributorInsightsRuleList");
                    for (String rule : rules(table, index, state)) {
                        json.writeString(rule);
                    }
                    json.writeEndArray();
                }
                json.writeFieldName("LastUpdateDateTime");
                json.writeNumber(BigDecimal.valueOf(state.changedMillis(), 3));
                json.writeStringField("ContributorInsightsMode", state.mode());
            }
        }));
    }

    private CompletionStage<byte[]> list(Struct request) {
        String asked = request.text("TableName");
        Optional<String> only =
                Optional.ofNullable(asked).map(name -> setting.existing(name).name());
        List<String[]> found = new ArrayList<>();
        for (TableState table : setting.own(setting.catalogue().state()).toList()) {
            table.settings().values().forEach((key, value) -> {
                boolean isAsked = only.isEmpty() || only.get().equals(table.name());
                if (isAsked && key.startsWith(PREFIX)) {
                    State state = State.parse(value);
                    found.add(new String[] {
                        table.name(), key.substring(PREFIX.length()), state.status(), state.mode(),
                    });
                }
            });
        }
        return CompletableFuture.completedFuture(Answer.of(json -> {
            json.writeArrayFieldStart("ContributorInsightsSummaries");
            for (String[] summary : found) {
                json.writeStartObject();
                json.writeStringField("TableName", summary[0]);
                if (!summary[1].isEmpty()) {
                    json.writeStringField("IndexName", summary[1]);
                }
                json.writeStringField("ContributorInsightsStatus", summary[2]);
                json.writeStringField("ContributorInsightsMode", summary[3]);
                json.writeEndObject();
            }
            json.writeEndArray();
        }));
    }

    private static String key(@Nullable String index) {
        return PREFIX + (index == null ? "" : index);
    }

    private static TableState existing(TableState table, @Nullable String index) {
        if (index != null && !table.here().indexes().containsKey(index)) {
            throw ServiceException.dynamodb(
                    "ResourceNotFoundException",
                    "Requested resource not found: Index: " + index + " not found for table: " + table.name());
        }
        return table;
    }

    /** The names of the rules that CloudWatch would have: most accessed and most throttled keys, partition and sort. */
    private static List<String> rules(TableState table, @Nullable String index, State state) {
        KeySchema key = index == null
                ? table.definition().key()
                : table.definition().indexes().stream()
                        .filter(defined -> defined.name().equals(index))
                        .findFirst()
                        .orElseThrow()
                        .key();
        String suffix = "-" + table.name() + (index == null ? "" : "-" + index) + "-" + state.changedMillis();
        List<String> rules = new ArrayList<>();
        for (String kind : state.mode().equals(STANDARD_MODE) ? List.of("C", "T") : List.of("T")) {
            rules.add("DynamoDBContributorInsights-PK" + kind + suffix);
            if (!key.range().isEmpty()) {
                rules.add("DynamoDBContributorInsights-SK" + kind + suffix);
            }
        }
        return rules;
    }
}

package dev.meridian.node.control;

import dev.meridian.node.catalogue.TableState;
import dev.meridian.table.model.Struct;
import dev.meridian.table.operation.Answer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** ListTables, in the order of names. */
final class ListTables implements ControlOperation {

    private static final int NAMES_MAX = 100;

    private final ControlSetting setting;

    ListTables(ControlSetting setting) {
        this.setting = setting;
    }

    @Override
    public CompletionStage<byte[]> run(Struct request) {
        Long asked = request.number("Limit");
        int limit = asked == null ? NAMES_MAX : Math.toIntExact(Math.min(asked, NAMES_MAX));
        String after = request.text("ExclusiveStartTableName", "");
        List<String> names = setting.own(setting.catalogue().state())
                .map(TableState::name)
                .filter(name -> name.compareTo(after) > 0)
                .sorted()
                .toList();
        List<String> page = names.subList(0, Math.min(limit, names.size()));
        return CompletableFuture.completedFuture(Answer.of(json -> {
            json.writeArrayFieldStart("TableNames");
            for (String name : page) {
                json.writeString(name);
            }
            json.writeEndArray();
            if (page.size() < names.size()) {
                json.writeStringField("LastEvaluatedTableName", page.get(page.size() - 1));
            }
        }));
    }
}

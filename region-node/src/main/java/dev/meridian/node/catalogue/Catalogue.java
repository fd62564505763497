package dev.meridian.node.catalogue;

import dev.meridian.node.account.Accounts;
import dev.meridian.node.account.Caller;
import dev.meridian.table.definition.TableLookup;
import dev.meridian.table.definition.TableSchema;
import dev.meridian.table.model.ServiceException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The catalogue as everybody reads it: a picture of the last state, exchanged whole. Thread-safe, never waits. */
public final class Catalogue {

    private volatile CatalogueState state = CatalogueState.EMPTY;
    private volatile Usable usable = new Usable(Map.of());
    private final List<Consumer<CatalogueState>> listeners = new CopyOnWriteArrayList<>();

    /** The tables that can be read and written, by account and then by name or ARN; the usual account's at hand. */
    private record Usable(Map<String, Map<String, TableSchema>> byAccount, Map<String, TableSchema> usual) {

        Usable(Map<String, Map<String, TableSchema>> byAccount) {
            this(byAccount, byAccount.getOrDefault(Accounts.USUAL, Map.of()));
        }

        @Nullable
        TableSchema find(String account, String nameOrArn) {
            Map<String, TableSchema> tables =
                    account.equals(Accounts.USUAL) ? usual : byAccount.getOrDefault(account, Map.of());
            return tables.get(nameOrArn);
        }
    }

    public CatalogueState state() {
        return state;
    }

    /** Calls the listener after every change, in order, on the thread of the change; it must not block. */
    public void listen(Consumer<CatalogueState> listener) {
        listeners.add(listener);
    }

    /** The tables as that caller sees them: those of the account by name and ARN, others' by ARN where they let it. */
    public TableLookup seenBy(Caller caller) {
        return nameOrArn -> find(caller, nameOrArn);
    }

    private TableSchema find(Caller caller, String nameOrArn) {
        Usable known = usable;
        TableSchema table = known.find(caller.account(), nameOrArn);
        if (table == null && nameOrArn.startsWith("arn:")) {
            CatalogueState now = state;
            String owner =
                    TableArns.parse(nameOrArn).map(TableArns.Parts::account).orElse(caller.account());
            if (!owner.equals(caller.account())) {
                TablePermits.check(now.byArn(nameOrArn), nameOrArn, caller);
                table = known.find(owner, nameOrArn);
            }
        }
        if (table == null) {
            throw ServiceException.dynamodb("ResourceNotFoundException", "Requested resource not found");
        }
        return table;
    }

    void publish(CatalogueState newState) {
        Map<String, Map<String, TableSchema>> tables = new HashMap<>();
        for (TableState table : newState.tables().values()) {
            if (table.status() == TableState.Status.ACTIVE) {
                TableSchema schema = table.schema();
                Map<String, TableSchema> owned = tables.computeIfAbsent(table.account(), none -> new HashMap<>());
                owned.put(table.name(), schema);
                owned.put(table.arn(), schema);
            }
        }
        usable = new Usable(tables);
        state = newState;
        listeners.forEach(listener -> listener.accept(newState));
    }
}

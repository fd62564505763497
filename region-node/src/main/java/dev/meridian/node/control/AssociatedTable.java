package dev.meridian.node.control;

import dev.meridian.node.catalogue.AccountSettings;
import dev.meridian.node.catalogue.Announcement;
import dev.meridian.node.catalogue.CatalogueEvent;
import dev.meridian.node.catalogue.CatalogueState;
import dev.meridian.node.catalogue.Membership;
import dev.meridian.node.catalogue.TableArns;
import dev.meridian.table.definition.CreateTableRequest;
import dev.meridian.table.model.ServiceException;
import dev.meridian.table.model.Struct;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** CreateTable with GlobalTableSourceArn: a replica here of another account's table in another region. */
final class AssociatedTable implements ControlOperation {

    /** What the source table says. */
    private static final List<String> OF_THE_SOURCE = List.of(
            "AttributeDefinitions",
            "KeySchema",
            "LocalSecondaryIndexes",
            "GlobalSecondaryIndexes",
            "BillingMode",
            "ProvisionedThroughput",
            "OnDemandThroughput",
            "WarmThroughput",
            "StreamSpecification");

    private final ControlSetting setting;

    AssociatedTable(ControlSetting setting) {
        this.setting = setting;
    }

    @Override
    public CompletionStage<byte[]> run(Struct request) {
        String name = CreateTableRequest.name(request);
        String account = setting.caller().account();
        TableArns.Parts source = source(request, name);
        String policy = request.text("ResourcePolicy", "");
        if (!policy.isEmpty()) {
            ResourcePolicies.checkPolicy(policy);
        }
        if (setting.catalogue().state().byName(account, name).isPresent()) {
            throw CreateTable.exists(name);
        }
        String[] globalId = new String[1];
        Association association = new Association(
                source.arn(),
                TableArns.of(setting.region(), account, name),
                policy,
                CreateTableRequest.ofReplica(request));
        return setting.associations()
                .associate(association)
                .thenCompose(news -> setting.writer().change(state -> {
                    globalId[0] = globalId(news, name, account);
                    return join(state, news, globalId[0], name);
                }))
                .thenApply(state -> setting.describe(
                        "TableDescription", state.byGlobalId(globalId[0]).orElseThrow(), "CREATING"));
    }

    private TableArns.Parts source(Struct request, String name) {
        String arn = request.requiredText("GlobalTableSourceArn");
        TableArns.Parts source = TableArns.parse(arn)
                .orElseThrow(
                        () -> ServiceException.validation("GlobalTableSourceArn is not the ARN of a table: " + arn));
        if (!AccountSettings.ENABLED.equals(request.text("GlobalTableSettingsReplicationMode"))) {
            throw ServiceException.validation(
                    "GlobalTableSettingsReplicationMode must be ENABLED where GlobalTableSourceArn is given");
        }
        for (String member : OF_THE_SOURCE) {
            if (request.has(member)) {
                throw ServiceException.validation(
                        member + " cannot be given with GlobalTableSourceArn: it is that of the source table");
            }
        }
        if (!source.table().equals(name)) {
            throw ServiceException.validation(
                    "TableName must be that of the source table, " + source.table() + ", in a global table");
        }
        if (source.account().equals(setting.caller().account())) {
            throw ServiceException.validation("GlobalTableSourceArn is of the same account: use UpdateTable with "
                    + "ReplicaUpdates to add a replica of the same account");
        }
        if (source.region().equals(setting.region())) {
            throw ServiceException.validation("GlobalTableSourceArn is of the same region: each replica of a global "
                    + "table is in another region");
        }
        if (!setting.regions().contains(source.region())) {
            throw ServiceException.validation("Region " + source.region() + " of GlobalTableSourceArn is not running "
                    + "here (running: " + String.join(", ", setting.regions()) + ")");
        }
        return source;
    }

    private String globalId(Announcement news, String name, String account) {
        return news.tables().stream()
                .filter(entry -> entry.definition().name().equals(name)
                        && entry.members().containsKey(setting.region())
                        && AccountSettings.in(entry.settings(), setting.region())
                                .equals(account))
                .findFirst()
                .orElseThrow(() -> CreateTable.exists(name))
                .globalId();
    }

    /** The replica, as if the source's region had announced it. */
    private List<CatalogueEvent> join(CatalogueState state, Announcement news, String globalId, String name) {
        Membership membership = new Membership(setting.region(), setting.ids());
        List<CatalogueEvent> events =
                membership.hear(state, news, setting.clock().millis());
        CatalogueState joined = state;
        for (CatalogueEvent event : events) {
            joined = joined.apply(event);
        }
        if (joined.byGlobalId(globalId).isEmpty()) {
            throw CreateTable.exists(name);
        }
        return events;
    }
}

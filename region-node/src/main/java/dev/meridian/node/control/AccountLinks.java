package dev.meridian.node.control;

import dev.meridian.node.catalogue.Announcement;
import dev.meridian.node.catalogue.Catalogue;
import dev.meridian.node.catalogue.CatalogueEvent;
import dev.meridian.node.catalogue.CatalogueState;
import dev.meridian.node.catalogue.TableArns;
import dev.meridian.node.catalogue.TablePermits;
import dev.meridian.node.catalogue.TableState;
import dev.meridian.node.settings.ServiceSettings;
import dev.meridian.node.stage.StageFailure;
import dev.meridian.replication.link.LinkRequest;
import dev.meridian.replication.link.Links;
import dev.meridian.replication.log.Wire;
import dev.meridian.table.model.ServiceException;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

/** What regions say to each other about replicas of other accounts. Thread-safe. */
public final class AccountLinks implements ControlSetting.Associations {

    private static final long TIMEOUT_MILLIS = 5_000;

    private final Setting setting;

    public AccountLinks(Setting setting) {
        this.setting = setting;
    }

    /**
     * What it works with.
     *
     * @param incarnation which start of the region this is
     */
    public record Setting(
            String region,
            String incarnation,
            Links links,
            Catalogue catalogue,
            CatalogueWriter writer,
            ServiceSettings service,
            InstantSource clock) {}

    @Override
    public CompletionStage<Announcement> associate(Association association) {
        String source = TableArns.parse(association.source()).orElseThrow().region();
        return ask(source, LinkRequest.Kind.ASSOCIATE, association.encode(), "The source table's region ")
                .thenApply(AccountLinks::answered);
    }

    private CompletionStage<Wire.Reader> ask(String region, LinkRequest.Kind kind, byte[] body, String who) {
        return setting.links()
                .to(region)
                .exchange(new LinkRequest(kind, body, TIMEOUT_MILLIS))
                .handle((answer, unreachable) -> {
                    if (answer == null) {
                        throw new ServiceException(
                                "com.amazonaws.dynamodb.v20120810#InternalServerError",
                                500,
                                who + region + " cannot be reached",
                                Map.of());
                    }
                    return new Wire.Reader(answer);
                });
    }

    private static Announcement answered(Wire.Reader answer) {
        if (answer.byteValue() == 1) {
            return Announcement.decode(answer.bytes());
        }
        throw refusal(answer);
    }

    /** Answers another region's {@link #associate}: with what it is to hear of the table, or with the refusal. */
    public CompletionStage<byte[]> answer(byte[] body) {
        Association association = Association.decode(body);
        return permitted(association)
                .thenCompose(permitted -> setting.writer().change(state -> decide(association, state)))
                .handle(this::encode);
    }

    private List<CatalogueEvent> decide(Association association, CatalogueState state) {
        return association.decide(state, setting.service(), setting.clock().millis());
    }

    /** Fails unless the replica may be made as far as can be seen here, and the policies of all other replicas allow it too. */
    private CompletionStage<Void> permitted(Association association) {
        CatalogueState state = setting.catalogue().state();
        CompletableFuture<Void> permitted = new CompletableFuture<>();
        try {
            decide(association, state);
            permitted.complete(null);
        } catch (ServiceException refused) {
            permitted.completeExceptionally(refused);
            return permitted;
        }
        TableState table = state.byArn(association.source()).orElseThrow();
        byte[] question = new Wire.Writer(128)
                .text(table.globalId())
                .text(association.replica())
                .toBytes();
        CompletionStage<Void> asked = permitted;
        for (String replica : table.replicas().keySet()) {
            asked = asked.thenCompose(yes -> ask(
                            replica,
                            LinkRequest.Kind.PERMIT,
                            question,
                            "The policy of every replica decides, and region "))
                    .thenAccept(answer -> {
                        if (answer.byteValue() == 0) {
                            throw refusal(answer);
                        }
                    });
        }
        return asked;
    }

    /** Whether the policy of the replica here lets the service replicate with the one that is to join, and if not, what it lacks. */
    public CompletionStage<byte[]> permits(byte[] body) {
        Wire.Reader in = new Wire.Reader(body);
        TableState table = setting.catalogue().state().byGlobalId(in.text()).orElse(null);
        TableArns.Parts joining = TableArns.parse(in.text()).orElseThrow();
        byte[] answer;
        try {
            if (table != null) {
                List<TableArns.Parts> replicas = ReplicationPolicy.replicas(table);
                replicas.add(joining);
                ReplicationPolicy.check(TablePermits.of(table.settings()), table.arn(), replicas);
            }
            answer = new Wire.Writer(1).byteValue(1).toBytes();
        } catch (ServiceException refused) {
            answer = encode(refused);
        }
        return CompletableFuture.completedFuture(answer);
    }

    private byte[] encode(CatalogueState state, Throwable failure) {
        if (failure == null) {
            byte[] news = Announcement.of(setting.region(), setting.incarnation(), state)
                    .encode();
            return new Wire.Writer(news.length + 8).byteValue(1).bytes(news).toBytes();
        }
        Throwable cause = StageFailure.of(failure);
        if (cause instanceof ServiceException refused) {
            return encode(refused);
        }
        throw new CompletionException(cause);
    }

    private static byte[] encode(ServiceException refused) {
        return new Wire.Writer(256)
                .byteValue(0)
                .number(refused.status())
                .text(refused.type())
                .text(String.valueOf(refused.getMessage()))
                .toBytes();
    }

    private static ServiceException refusal(Wire.Reader answer) {
        int status = answer.index();
        return new ServiceException(answer.text(), status, answer.text(), Map.of());
    }
}

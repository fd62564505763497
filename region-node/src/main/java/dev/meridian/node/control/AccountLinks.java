package dev.meridian.node.control;

import dev.meridian.node.catalogue.Announcement;
import dev.meridian.node.catalogue.CatalogueState;
import dev.meridian.node.catalogue.TableArns;
import dev.meridian.node.settings.ServiceSettings;
import dev.meridian.node.stage.StageFailure;
import dev.meridian.replication.link.LinkRequest;
import dev.meridian.replication.link.Links;
import dev.meridian.replication.log.Wire;
import dev.meridian.table.model.ServiceException;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

/** What regions say to each other about replicas of other accounts. Thread-safe. */
public final class AccountLinks implements ControlSetting.Associations {

    private static final long TIMEOUT_MILLIS = 5_000;

    private final String region;
    private final String incarnation;
    private final Links links;
    private final CatalogueWriter writer;
    private final ServiceSettings service;
    private final InstantSource clock;

    public AccountLinks(
            String region,
            String incarnation,
            Links links,
            CatalogueWriter writer,
            ServiceSettings service,
            InstantSource clock) {
        this.region = region;
        this.incarnation = incarnation;
        this.links = links;
        this.writer = writer;
        this.service = service;
        this.clock = clock;
    }

    @Override
    public CompletionStage<Announcement> associate(Association association) {
        String source = TableArns.parse(association.source()).orElseThrow().region();
        return links.to(source)
                .exchange(new LinkRequest(LinkRequest.Kind.ASSOCIATE, association.encode(), TIMEOUT_MILLIS))
                .handle((answer, unreachable) -> {
                    if (answer == null) {
                        throw new ServiceException(
                                "com.amazonaws.dynamodb.v20120810#InternalServerError",
                                500,
                                "The source table's region " + source + " cannot be reached",
                                Map.of());
                    }
                    return answered(new Wire.Reader(answer));
                });
    }

    private static Announcement answered(Wire.Reader answer) {
        if (answer.byteValue() == 1) {
            return Announcement.decode(answer.bytes());
        }
        throw new ServiceException(answer.text(), 400, answer.text(), Map.of());
    }

    /** Answers another region's {@link #associate}: with what it is to hear of the table, or with the refusal. */
    public CompletionStage<byte[]> answer(byte[] body) {
        Association association = Association.decode(body);
        return writer.change(state -> association.decide(state, service, clock.millis()))
                .handle(this::encode);
    }

    private byte[] encode(CatalogueState state, Throwable failure) {
        if (failure == null) {
            byte[] news = Announcement.of(region, incarnation, state).encode();
            return new Wire.Writer(news.length + 8).byteValue(1).bytes(news).toBytes();
        }
        Throwable cause = StageFailure.of(failure);
        if (cause instanceof ServiceException refused) {
            return new Wire.Writer(256)
                    .byteValue(0)
                    .text(refused.type())
                    .text(String.valueOf(refused.getMessage()))
                    .toBytes();
        }
        throw new CompletionException(cause);
    }
}

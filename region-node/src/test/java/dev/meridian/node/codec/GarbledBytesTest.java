package dev.meridian.node.codec;

import dev.meridian.conflict.AttributeVersions;
import dev.meridian.conflict.Stamp;
import dev.meridian.conflict.Version;
import dev.meridian.conflict.VersionVector;
import dev.meridian.node.catalogue.Announcement;
import dev.meridian.node.catalogue.CatalogueBytes;
import dev.meridian.node.catalogue.CatalogueEvent;
import dev.meridian.node.catalogue.Member;
import dev.meridian.node.catalogue.Reception;
import dev.meridian.node.catalogue.SettingsRevision;
import dev.meridian.node.catalogue.TableSettings;
import dev.meridian.node.catalogue.TableState;
import dev.meridian.node.stream.StreamRow;
import dev.meridian.replication.consensus.AcceptorState;
import dev.meridian.replication.consensus.Ballot;
import dev.meridian.replication.consensus.ItemMessage;
import dev.meridian.replication.consensus.Listing;
import dev.meridian.replication.consensus.Message;
import dev.meridian.replication.consensus.Reply;
import dev.meridian.replication.digest.RangeDigests;
import dev.meridian.replication.link.CopyPage;
import dev.meridian.replication.link.PartitionRef;
import dev.meridian.replication.link.PullAnswer;
import dev.meridian.replication.link.PullRequest;
import dev.meridian.replication.log.ChangeRecord;
import dev.meridian.replication.log.Conflict;
import dev.meridian.replication.log.MalformedBytesException;
import dev.meridian.replication.log.StampedImage;
import dev.meridian.replication.tombstone.Standing;
import dev.meridian.table.definition.TableDefinition;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** What lies on disk and what regions send each other, with every bit turned and every end cut off. */
class GarbledBytesTest {

    private static final Stamp STAMP =
            new Stamp(new Version(77, "eu-west-1"), new VersionVector(Map.of("eu-west-1", 77L, "us-east-1", 12L)));
    private static final AttributeVersions VERSIONS =
            new AttributeVersions(new Version(3, "us-east-1"), new TreeMap<>(Map.of("a", new Version(7, "eu-west-1"))));
    private static final StampedImage IMAGE = new StampedImage(STAMP, new byte[] {1, 2}, VERSIONS);
    private static final ChangeRecord RECORD = new ChangeRecord(18, new byte[] {1}, STAMP, new byte[] {2, 3}, VERSIONS);
    private static final Ballot BALLOT = new Ballot(3, "us-east-1");
    private static final Map<String, Member> MEMBERS =
            Map.of("us-east-1", new Member(1, Member.Phase.ACTIVE, new Member.Origin("eu-west-1", 12)));
    private static final TableDefinition TABLE = TableDefinition.fromRequest("""
            {"TableName": "cart", "BillingMode": "PAY_PER_REQUEST",
             "AttributeDefinitions": [{"AttributeName": "id", "AttributeType": "S"}],
             "KeySchema": [{"AttributeName": "id", "KeyType": "HASH"}]}""".getBytes(StandardCharsets.UTF_8));
    private static final TableSettings SETTINGS = new TableSettings(Map.of("a", "b"));
    private static final SettingsRevision REVISION = new SettingsRevision(4, "us-east-1");

    @TestFactory
    Stream<DynamicTest> areRefused() {
        return Stream.of(
                of("item row", IMAGE.encode(), StampedImage::decode),
                of("change record", RECORD.encode(), ChangeRecord::decode),
                of("conflict", conflict(), Conflict::decode),
                of(
                        "stream row",
                        new StreamRow(1, "us-east-1", 2, true, new byte[] {1}, null).encode(),
                        StreamRow::decode),
                of("acceptor", new AcceptorState(BALLOT, BALLOT, new byte[] {1}).encode(), AcceptorState::decode),
                of("pull", new PullRequest(9, Map.of(ref(), 17L), 4, 6, 1 << 20).encode(), PullRequest::decode),
                of("records", pullAnswer(), PullAnswer::decode),
                of("copy", copyPage(), CopyPage::decode),
                of(
                        "copy's request",
                        new CopyPage.Request("g", new byte[] {1}, null).encode(),
                        CopyPage.Request::decode),
                of("digests", new RangeDigests.Builder().build().encode(), RangeDigests::decode),
                of("standings", standings(), Standing::decode),
                of(
                        "agreement",
                        new ItemMessage("g", new byte[] {1}, new Message.Accept(BALLOT, new byte[] {2}, BALLOT))
                                .encode(),
                        ItemMessage::decode),
                of("reply", new Reply.Held(BALLOT, new byte[] {1}).encode(), Reply::decode),
                of("listing", listing(), Listing::decode),
                of(
                        "listing's request",
                        new Listing.Request("g", new byte[] {1}, null).encode(),
                        Listing.Request::decode),
                of("announcement", announcement(), Announcement::decode),
                of("reception", new Reception(true, List.of("g"), List.of("h")).encode(), Reception::decode));
    }

    @TestFactory
    Stream<DynamicTest> eventsAreRefused() {
        return Stream.of(
                        new CatalogueEvent.TableCreated("g", TABLE, 1, "id", "arn", 4, 12),
                        new CatalogueEvent.StatusChanged("g", TableState.Status.ACTIVE),
                        new CatalogueEvent.SettingsHeard("g", TABLE, SETTINGS, REVISION),
                        new CatalogueEvent.ReplicaChanged("g", "us-east-1", Member.Phase.ACTIVE),
                        new CatalogueEvent.MembersHeard("g", MEMBERS),
                        new CatalogueEvent.TableTagged("g", Map.of("a", "b")),
                        new CatalogueEvent.StreamStarted("g", "KEYS_ONLY", 12))
                .map(event ->
                        of(event.getClass().getSimpleName(), CatalogueBytes.encode(event), CatalogueBytes::decode));
    }

    private static DynamicTest of(String name, byte[] whole, Function<byte[], ?> decode) {
        return DynamicTest.dynamicTest(
                name, () -> GarbledBytes.areRefused(whole, decode, MalformedBytesException.class));
    }

    private static PartitionRef ref() {
        return new PartitionRef("g", 3);
    }

    private static byte[] conflict() {
        return new Conflict("cart", new byte[] {1}, IMAGE, IMAGE, "us-east-1", 1_234, 1_200).encode();
    }

    private static byte[] pullAnswer() {
        return new PullAnswer(9, 2, false, List.of(new PullAnswer.Chunk(ref(), List.of(RECORD)))).encode();
    }

    private static byte[] copyPage() {
        return new CopyPage(
                        List.of(new CopyPage.Position(1, "us-east-1", 5)),
                        List.of(new CopyPage.Row(new byte[] {9}, IMAGE)),
                        new byte[] {7})
                .encode();
    }

    private static byte[] standings() {
        return Standing.encode(Map.of(
                "g",
                new Standing(
                        Map.of("us-east-1", 1L), List.of(new Standing.Mark(5, 6)), List.of(Map.of("eu-west-1", 7L)))));
    }

    private static byte[] listing() {
        return new Listing(List.of(new Listing.Entry(new byte[] {1}, new Version(7, "eu-west-1"))), new byte[] {2})
                .encode();
    }

    private static byte[] announcement() {
        Announcement.Entry entry = new Announcement.Entry("g", TABLE, SETTINGS, REVISION, 4, MEMBERS);
        return new Announcement("us-east-1", "life", List.of(entry), Map.of("h", 2L), List.of("cart")).encode();
    }
}

package dev.meridian.chaos.story;

import static dev.meridian.chaos.story.Regions.AP;
import static dev.meridian.chaos.story.Regions.EU;
import static dev.meridian.chaos.story.Regions.US;
import static dev.meridian.chaos.story.SessionCalls.SESSION;
import static org.assertj.core.api.Assertions.assertThat;

import dev.meridian.node.settings.ServiceSettings;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * One client goes from Virginia, whose clock is an hour ahead, to Ireland: what it does there with its token comes after what it did
 * before, in every region; without the token it does not.
 */
class CausalSessionStoryTest {

    private Regions regions;
    private SessionCalls session;

    @BeforeEach
    void start() {
        regions = Regions.globalWith(ServiceSettings.of("session-wait-seconds = 10"));
        session = new SessionCalls(regions);
        regions.createTable("cart");
        regions.control("PUT", "regions/us-east-1/clock", "{\"offsetMillis\":3600000}");
        for (String other : List.of(EU, AP)) {
            regions.control("PUT", "links/us-east-1/" + other, "{\"oneWayMillis\":400}");
        }
    }

    @AfterEach
    void stop() {
        regions.close();
    }

    @Test
    void writesOfASessionAreInItsOrderEverywhere() {
        // The control: Ireland does not know of the first write, and its clock is behind.
        session.put(US, "control", "first", "");
        session.put(EU, "control", "then", "");

        String token = session.put(US, "mine", "first", "new");
        String next = session.put(EU, "mine", "then", token);
        session.put(AP, "mine", "at last", next);

        assertThat(regions.converge()).isTrue();
        for (String region : List.of(US, EU, AP)) {
            assertThat(regions.get(region, "cart", "control")).isEqualTo("first");
            assertThat(regions.get(region, "cart", "mine")).isEqualTo("at last");
        }
        assertThat(regions.control("GET", "conflicts", ""))
                .contains("\"control\"")
                .doesNotContain("\"mine\"");
    }

    @Test
    void whatTheSessionHasSeenOfItsOwnDoesNotGoAway() {
        String token = session.put(US, "mine", "written", "new");
        for (String region : List.of(EU, US, AP, EU)) {
            HttpResponse<String> read = session.get(region, "mine", token);
            assertThat(read.body()).as(region).contains("written");
            token = read.headers().firstValue(SESSION).orElse(token);
        }
    }

    @Test
    void whatItReadOfOthersIsNotPromisedElsewhere() {
        session.put(US, "theirs", "of another client", "");
        HttpResponse<String> read = session.get(US, "theirs", "new");
        assertThat(read.body()).contains("of another client");
        assertThat(read.headers().firstValue(SESSION))
                .as("nothing to stand for")
                .isEmpty();
        assertThat(session.get(EU, "theirs", "new").body()).isEqualTo("{}");
    }

    @Test
    void aWriteComesAfterWhatItsRegionHasShown() {
        session.put(US, "answered", "a question", "");
        assertThat(regions.converge()).isTrue();
        assertThat(session.get(EU, "answered", "").body()).contains("a question");
        session.put(EU, "answered", "an answer", "");
        assertThat(regions.converge()).isTrue();
        assertThat(regions.get(US, "cart", "answered")).isEqualTo("an answer");
    }
}

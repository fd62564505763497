package dev.meridian.chaos.story;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Somebody opens the front door in a browser. */
class IndexPageStoryTest {

    private static final Pattern LINK = Pattern.compile("href=\"(/[^\"]+)\"");

    @Test
    void thePageTellsWhatThereIsAndAllOfItsLinksLeadSomewhere() throws Exception {
        try (Regions regions = Regions.inMemory()) {
            HttpResponse<String> page = get(regions, "/_meridian/");
            assertThat(page.statusCode()).isEqualTo(200);
            assertThat(page.headers().firstValue("Content-Type")).hasValue("text/html; charset=utf-8");
            assertThat(get(regions, "/_meridian").body()).isEqualTo(page.body());
            List<String> links = new ArrayList<>();
            for (Matcher link = LINK.matcher(page.body()); link.find(); ) {
                links.add(link.group(1));
            }
            assertThat(links).contains("/_meridian/v1/world", "/_meridian/v1/conflicts", "/metrics", "/health");
            for (String link : links) {
                assertThat(get(regions, link).statusCode()).as(link).isEqualTo(200);
            }
        }
    }

    @Test
    void whatThereIsNotIsToldSo() throws Exception {
        try (Regions regions = Regions.inMemory()) {
            HttpResponse<String> answer = get(regions, "/_meridian/console");
            assertThat(answer.statusCode()).isEqualTo(404);
            assertThat(answer.body()).contains("GET /_meridian/ tells what there is");
        }
    }

    private static HttpResponse<String> get(Regions regions, String path) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + regions.frontPort() + path))
                .build();
        return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
    }
}

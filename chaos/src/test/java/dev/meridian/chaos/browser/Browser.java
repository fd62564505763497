package dev.meridian.chaos.browser;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A headless Chromium, driven over its DevTools protocol. Closing it ends its process. */
public final class Browser implements AutoCloseable {

    private static final Pattern LISTENING = Pattern.compile("DevTools listening on (ws://\\S+)");
    private static final List<String> NAMES = List.of("chromium", "chromium-browser", "google-chrome", "chrome");
    private static final long TIMEOUT_SECONDS = 60;

    private final Process process;
    private final WebSocket socket;
    private final AtomicInteger commands = new AtomicInteger();
    private final Map<Integer, CompletableFuture<String>> answers = new ConcurrentHashMap<>();
    private final CompletableFuture<Void> loaded = new CompletableFuture<>();
    private final List<String> complaints = Collections.synchronizedList(new ArrayList<>());
    private String session = "";

    private Browser(Process process, String url) {
        this.process = process;
        this.socket = HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .buildAsync(URI.create(url), new Listener())
                .join();
    }

    /** Where the browser is: what {@code -Dbrowser} names, or what the path has. */
    public static Optional<Path> executable() {
        String named = System.getProperty("browser", "");
        if (!named.isEmpty()) {
            return Optional.of(Path.of(named));
        }
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(":"))
                .flatMap(folder -> NAMES.stream().map(name -> Path.of(folder, name)))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /**
     * Opens a page.
     *
     * @param profile an empty folder of the browser's own
     * @param scheme {@code light} or {@code dark}
     */
    public static Browser open(Path executable, Path profile, String page, int width, int height, String scheme)
            throws IOException {
        Process process = new ProcessBuilder(
                        executable.toString(),
                        "--headless=new",
                        "--no-sandbox",
                        "--disable-gpu",
                        "--hide-scrollbars",
                        "--disable-dev-shm-usage",
                        "--no-first-run",
                        "--user-data-dir=" + profile,
                        "--remote-debugging-port=0",
                        "about:blank")
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        BufferedReader said =
                new BufferedReader(new InputStreamReader(process.getErrorStream(), StandardCharsets.UTF_8));
        for (String line = said.readLine(); line != null; line = said.readLine()) {
            Matcher listening = LISTENING.matcher(line);
            if (listening.find()) {
                Thread rest = new Thread(() -> said.lines().forEach(ignored -> {}), "browser-stderr");
                rest.setDaemon(true);
                rest.start();
                Browser browser = new Browser(process, listening.group(1));
                browser.show(page, width, height, scheme);
                return browser;
            }
        }
        throw new IOException(executable + " ended without a word of its DevTools");
    }

    private void show(String page, int width, int height, String scheme) {
        String target = text(call("Target.createTarget", "{\"url\":\"about:blank\"}"), "targetId");
        session =
                text(call("Target.attachToTarget", "{\"targetId\":\"" + target + "\",\"flatten\":true}"), "sessionId");
        call("Page.enable", "{}");
        call("Runtime.enable", "{}");
        call("Log.enable", "{}");
        call(
                "Emulation.setDeviceMetricsOverride",
                "{\"width\":" + width + ",\"height\":" + height + ",\"deviceScaleFactor\":1,\"mobile\":" + (width < 600)
                        + "}");
        call(
                "Emulation.setEmulatedMedia",
                "{\"features\":[{\"name\":\"prefers-color-scheme\",\"value\":\"" + scheme + "\"}]}");
        call("Page.navigate", "{\"url\":\"" + page + "\"}");
        loaded.orTimeout(TIMEOUT_SECONDS, TimeUnit.SECONDS).join();
    }

    /** What an expression of the page comes to, as text. */
    public String evaluate(String expression) {
        String answer = call(
                "Runtime.evaluate", "{\"returnByValue\":true,\"expression\":\"String(" + escaped(expression) + ")\"}");
        if (answer.contains("exceptionDetails")) {
            throw new IllegalStateException(expression + ": " + answer);
        }
        return text(answer, "value");
    }

    /** What an element shows, found by a selector. */
    public String textOf(String selector) {
        return evaluate("document.querySelector('" + selector + "')?.textContent ?? 'no such element'");
    }

    /** What every element shows that the selector finds, in order. */
    public List<String> textsOf(String selector) {
        String all = evaluate(
                "[...document.querySelectorAll('" + selector + "')].map(e => e.textContent.trim()).join('\\u0001')");
        return all.isEmpty() ? List.of() : List.of(all.split("\u0001", -1));
    }

    /** What the page complained of: errors and warnings on its console, exceptions, what could not be loaded. */
    public List<String> complaints() {
        return List.copyOf(complaints);
    }

    /** The whole page as a picture. */
    public void picture(Path file) throws IOException {
        String answer = call("Page.captureScreenshot", "{\"format\":\"png\",\"captureBeyondViewport\":true}");
        Files.createDirectories(file.toAbsolutePath().getParent());
        Files.write(file, Base64.getDecoder().decode(text(answer, "data")));
    }

    private String call(String method, String parameters) {
        int id = commands.incrementAndGet();
        CompletableFuture<String> answer = new CompletableFuture<>();
        answers.put(id, answer);
        String inSession = session.isEmpty() ? "" : "\"sessionId\":\"" + session + "\",";
        socket.sendText(
                        "{\"id\":" + id + "," + inSession + "\"method\":\"" + method + "\",\"params\":" + parameters
                                + "}",
                        true)
                .join();
        return answer.orTimeout(TIMEOUT_SECONDS, TimeUnit.SECONDS).join();
    }

    private static String escaped(String text) {
        return text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
    }

    private static String text(String answer, String member) {
        Matcher found = Pattern.compile("\"" + member + "\":\"([^\"\\\\]*+(?:\\\\.[^\"\\\\]*+)*+)\"")
                .matcher(answer);
        if (!found.find()) {
            throw new IllegalStateException("no " + member + " in " + answer);
        }
        Matcher escapes = Pattern.compile("\\\\(u([0-9a-fA-F]{4})|.)").matcher(found.group(1));
        return escapes.replaceAll(escape -> Matcher.quoteReplacement(
                escape.group(2) != null
                        ? String.valueOf((char) Integer.parseInt(escape.group(2), 16))
                        : escape.group(1).equals("n") ? "\n" : escape.group(1)));
    }

    @Override
    public void close() throws IOException {
        session = "";
        call("Browser.close", "{}");
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
            socket.abort();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private final class Listener implements WebSocket.Listener {

        private final StringBuilder message = new StringBuilder();

        @Override
        public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean isLast) {
            message.append(data);
            if (isLast) {
                hear(message.toString());
                message.setLength(0);
            }
            from.request(1);
            return CompletableFuture.completedFuture(null);
        }

        private void hear(String said) {
            Matcher id = Pattern.compile("^\\{\"id\":(\\d+)").matcher(said);
            CompletableFuture<String> waiting = id.find() ? answers.remove(Integer.valueOf(id.group(1))) : null;
            if (waiting != null) {
                waiting.complete(said);
            } else if (said.contains("\"Page.loadEventFired\"")) {
                loaded.complete(null);
            } else if (said.contains("\"Runtime.exceptionThrown\"")
                    || said.contains("\"Log.entryAdded\"")
                    || said.contains("\"Runtime.consoleAPICalled\"")
                            && (said.contains("\"type\":\"error\"") || said.contains("\"type\":\"warning\""))) {
                complaints.add(said);
            }
        }
    }
}

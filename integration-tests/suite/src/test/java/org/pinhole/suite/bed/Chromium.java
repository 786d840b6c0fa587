package org.pinhole.suite.bed;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.pinhole.suite.peer.Foreign;

/** A headless Chromium with a profile of its own, driven through its DevTools port: one page, and an answer for each script. */
final class Chromium implements AutoCloseable {
    private static final Duration START = Duration.ofSeconds(40);
    private static final Duration SCRIPT = Duration.ofSeconds(40);
    private static final Pattern SOCKET = Pattern.compile("\"webSocketDebuggerUrl\":\\s*\"([^\"]+)\"");

    private final Foreign process;
    private final int port;

    private Chromium(Foreign process, int port) {
        this.process = process;
        this.port = port;
    }

    /**
     * Trusts the CA as a user's own, by the profile's NSS database in {@code home}; {@code names} are rules such as
     * {@code MAP turn.test 127.0.0.1}, so that a certificate's name is found without the DNS.
     */
    static Chromium start(Path home, Path ca, List<String> names) throws Exception {
        Path nss = Files.createDirectories(home.resolve(".pki/nssdb"));
        certutil(home, "-N", "--empty-password", "-d", "sql:" + nss);
        certutil(home, "-A", "-t", "C,,", "-n", "ca", "-i", ca.toString(), "-d", "sql:" + nss);
        Path profile = home.resolve("profile");
        Foreign process = Foreign.start(
                home,
                "chromium",
                "env",
                "HOME=" + home,
                "chromium",
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--disable-default-apps",
                "--autoplay-policy=no-user-gesture-required",
                "--disable-features=WebRtcHideLocalIpsWithMdns,OptimizationHints,MediaRouter",
                "--allow-loopback-in-peer-connection",
                "--host-resolver-rules=" + String.join(",", names),
                "--user-data-dir=" + profile,
                "--remote-debugging-port=0",
                "about:blank");
        Path portFile = profile.resolve("DevToolsActivePort");
        try {
            Awaitility.await()
                    .atMost(START)
                    .until(() -> Files.exists(portFile)
                            && Files.readAllLines(portFile).size() > 1);
            return new Chromium(
                    process, Integer.parseInt(Files.readAllLines(portFile).get(0)));
        } catch (Exception e) {
            process.close();
            throw e;
        }
    }

    private static void certutil(Path home, String... arguments) throws Exception {
        List<String> command = new java.util.ArrayList<>(List.of("certutil"));
        command.addAll(List.of(arguments));
        Foreign.start(home, "certutil", command.toArray(String[]::new)).awaitSuccess(Duration.ofSeconds(20));
    }

    /** Evaluates an expression in the page and returns what DevTools answers when its promise has been kept. */
    String evaluate(String expression) throws Exception {
        HttpClient http = HttpClient.newHttpClient();
        CompletableFuture<String> answer = new CompletableFuture<>();
        WebSocket socket = http.newWebSocketBuilder()
                .buildAsync(URI.create(pageSocket(http)), new Answers(answer))
                .get(10, TimeUnit.SECONDS);
        socket.sendText(
                        "{\"id\":1,\"method\":\"Runtime.evaluate\",\"params\":{\"expression\":" + quoted(expression)
                                + ",\"awaitPromise\":true,\"returnByValue\":true}}",
                        true)
                .get(10, TimeUnit.SECONDS);
        try {
            return answer.get(SCRIPT.toSeconds(), TimeUnit.SECONDS);
        } finally {
            socket.abort();
        }
    }

    private String pageSocket(HttpClient http) throws Exception {
        URI list = URI.create("http://127.0.0.1:" + port + "/json");
        String pages = http.send(HttpRequest.newBuilder(list).build(), HttpResponse.BodyHandlers.ofString())
                .body();
        Matcher found = SOCKET.matcher(pages);
        if (!found.find()) {
            throw new IOException("Chromium has no page: " + pages);
        }
        return found.group(1);
    }

    private static String quoted(String text) {
        return "\""
                + text.replace("\\", "\\\\")
                        .replace("\"", "\\\"")
                        .replace("\n", "\\n")
                        .replace("\r", "")
                        .replace("\t", " ")
                + "\"";
    }

    @Override
    public void close() {
        process.close();
    }

    /** The first whole message is the answer; nothing else was asked for. */
    private static final class Answers implements WebSocket.Listener {
        private final StringBuilder text = new StringBuilder();
        private final CompletableFuture<String> answer;

        Answers(CompletableFuture<String> answer) {
            this.answer = answer;
        }

        @Override
        public CompletionStage<?> onText(WebSocket socket, CharSequence part, boolean last) {
            text.append(part);
            if (last) {
                answer.complete(text.toString());
            }
            return WebSocket.Listener.super.onText(socket, part, last);
        }

        @Override
        public void onError(WebSocket socket, Throwable error) {
            answer.completeExceptionally(error);
        }
    }
}

package org.pinhole.app.turn;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What {@code pinhole.turn.*} says of the TURN servers that phones are told of. Immutable. */
public final class TurnSettings {
    private static final String URIS = "pinhole.turn.uris";
    private static final String SECRET_FILE = "pinhole.turn.secret-file";
    private static final String CREDENTIAL_SECONDS = "pinhole.turn.credential-seconds";
    private static final String PROBE = "pinhole.turn.probe";
    private static final String TOKEN_FILE = "pinhole.turn.key-lookup-token-file";
    private static final int MIN_SECONDS = 60;
    private static final int MAX_SECONDS = 86400;

    private final List<TurnUri> uris;
    private final String secretFile;
    private final int credentialSeconds;
    private final @Nullable HostPort probe;
    private final String tokenFile;

    private TurnSettings(Map<String, String> settings) {
        this.uris = urisOf(settings.getOrDefault(URIS, ""));
        this.secretFile = settings.getOrDefault(SECRET_FILE, "").trim();
        if (!uris.isEmpty() && secretFile.isEmpty()) {
            throw refused(SECRET_FILE, "", "the file that the TURN server shares, since " + URIS + " is set,");
        }
        this.credentialSeconds = secondsOf(settings.getOrDefault(CREDENTIAL_SECONDS, "3600"));
        this.probe = probeOf(settings.getOrDefault(PROBE, "").trim(), uris);
        this.tokenFile = settings.getOrDefault(TOKEN_FILE, "").trim();
    }

    /**
     * Reads the settings of a connector or of the application; no file is opened.
     *
     * @throws IllegalArgumentException with a line for the operator
     */
    public static TurnSettings of(Map<String, String> settings) {
        return new TurnSettings(settings);
    }

    private static List<TurnUri> urisOf(String value) {
        List<TurnUri> uris = new ArrayList<>();
        if (!value.trim().isEmpty()) {
            for (String text : value.split(",", -1)) {
                TurnUri uri = TurnUri.find(text.trim());
                if (uri == null) {
                    throw refused(URIS, value, "turn: and turns: URIs, separated by commas,");
                }
                uris.add(uri);
            }
        }
        return Collections.unmodifiableList(uris);
    }

    private static int secondsOf(String value) {
        int seconds = value.matches("[0-9]{1,6}") ? Integer.parseInt(value) : 0;
        if (seconds < MIN_SECONDS || seconds > MAX_SECONDS) {
            throw refused(CREDENTIAL_SECONDS, value, MIN_SECONDS + " to " + MAX_SECONDS);
        }
        return seconds;
    }

    private static @Nullable HostPort probeOf(String value, List<TurnUri> uris) {
        if (value.isEmpty()) {
            return uris.stream()
                    .filter(TurnUri::stream)
                    .findFirst()
                    .map(TurnUri::server)
                    .orElse(null);
        }
        HostPort probe = HostPort.find(value);
        if (probe == null) {
            throw refused(PROBE, value, "HOST:PORT");
        }
        return probe;
    }

    private static IllegalArgumentException refused(String name, String value, String allowed) {
        return new IllegalArgumentException(name + "=" + value + ": " + allowed + " expected");
    }

    /** Whether phones are told of a TURN server. */
    public boolean offered() {
        return !uris.isEmpty();
    }

    /** Whether the TURN server may ask for keys. */
    public boolean keysMayBeAsked() {
        return !tokenFile.isEmpty();
    }

    List<TurnUri> uris() {
        return uris;
    }

    int credentialSeconds() {
        return credentialSeconds;
    }

    /** Where the server must answer; null when there are UDP URIs only, and nothing is said of a probe. */
    @Nullable
    HostPort probe() {
        return probe;
    }

    SharedSecret readSecret() {
        return SharedSecret.read(SECRET_FILE, secretFile);
    }

    SharedSecret readToken() {
        SharedSecret token = SharedSecret.read(TOKEN_FILE, tokenFile);
        if (!token.visibleAscii()) {
            throw refused(TOKEN_FILE, tokenFile, "visible ASCII characters, no spaces between them,");
        }
        return token;
    }
}

package org.pinhole.app.turn;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** Settings of a TURN server, as they arrive from the connector. */
final class Settings {
    private Settings() {}

    static Map<String, String> withToken(Path token) {
        Map<String, String> settings = new HashMap<>();
        settings.put("pinhole.turn.key-lookup-token-file", token.toString());
        return settings;
    }

    static Map<String, String> withSecret(Path secret) {
        Map<String, String> settings = new HashMap<>();
        settings.put("pinhole.turn.uris", "turns:192.0.2.1:443?transport=tcp, turn:192.0.2.1:80?transport=tcp");
        settings.put("pinhole.turn.secret-file", secret.toString());
        return settings;
    }
}

package org.pinhole.turn;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.pinhole.stun.LongTermKeys;
import org.pinhole.turn.auth.EphemeralUsers;
import org.pinhole.turn.auth.KeyLookup;
import org.pinhole.turn.auth.KeySource;
import org.pinhole.turn.auth.StaticUsers;
import org.pinhole.turn.auth.UserFile;

/** Who may use the server, of the options: static users, expiring credentials, and the SIP side's users. */
final class UserReader {
    private final TurnOptions options;
    private final InstantSource clock;

    UserReader(TurnOptions options, InstantSource clock) {
        this.options = options;
        this.clock = clock;
    }

    /** All of them as one source, in that order; there must be somebody. */
    KeySource read(String realm) throws StartException {
        return KeySource.firstOf(users(realm));
    }

    private List<KeySource> users(String realm) throws StartException {
        List<KeySource> sources = new ArrayList<>();
        sources.add(new StaticUsers(realm, staticUsers(realm)));
        KeySource sip =
                options.keyLookup == null ? null : keyLookup(options.keyLookup, options.keyLookupTokenFile, realm);
        if (options.sharedSecretFile != null) {
            List<byte[]> secrets = OperatorFiles.secrets("--shared-secret-file", options.sharedSecretFile).stream()
                    .map(secret -> secret.getBytes(StandardCharsets.UTF_8))
                    .toList();
            KeySource expiring = new EphemeralUsers(secrets, realm, clock);
            sources.add(sip == null ? expiring : KeySource.whileRegistered(expiring, sip));
        }
        if (sip == null) {
            OperatorFiles.refuseAlone("--key-lookup-token-file", options.keyLookupTokenFile, "--key-lookup");
        } else {
            sources.add(sip);
        }
        if (options.users.isEmpty() && options.userFile == null && sources.size() == 1) {
            throw new StartException("nobody could use this server; give one of"
                    + " --user, --user-file, --shared-secret-file or --key-lookup");
        }
        return sources;
    }

    private Map<String, LongTermKeys> staticUsers(String realm) throws StartException {
        Map<String, LongTermKeys> users = new HashMap<>();
        if (options.userFile != null) {
            List<String> lines = OperatorFiles.lines("--user-file", options.userFile);
            OperatorFiles.warnIfShared("--user-file", options.userFile);
            try {
                users.putAll(UserFile.parse(lines, realm));
            } catch (IllegalArgumentException e) {
                throw new StartException("--user-file %s %s".formatted(options.userFile, e.getMessage()), e);
            }
        }
        for (int i = 0; i < options.users.size(); i++) {
            String user = options.users.get(i);
            int colon = user.indexOf(':');
            if (colon < 1 || colon == user.length() - 1) {
                throw new StartException("--user: expected USER:PASSWORD").of("--user", i);
            }
            String name = user.substring(0, colon);
            users.put(name, LongTermKeys.of(name, realm, user.substring(colon + 1)));
        }
        return users;
    }

    private KeySource keyLookup(String text, @Nullable Path tokenFile, String realm) throws StartException {
        if (tokenFile == null) {
            throw new StartException("--key-lookup needs --key-lookup-token-file");
        }
        URI url = requireLoopback(text);
        String token = OperatorFiles.privateSecret("--key-lookup-token-file", tokenFile);
        if (!token.matches("[\\x21-\\x7E]+")) {
            throw new StartException(
                    "--key-lookup-token-file %s: expected one line of visible ASCII".formatted(tokenFile));
        }
        return new KeyLookup(url, token, realm, clock, options.keyLookupWithin);
    }

    /** Keys cross this connection in clear, so it must not leave the machine. */
    static URI requireLoopback(String text) throws StartException {
        try {
            URI url = URI.create(text);
            if ("http".equals(url.getScheme())
                    && url.getHost() != null
                    && url.getPort() <= 0xFFFF
                    && InetAddress.getByName(url.getHost()).isLoopbackAddress()) {
                return url;
            }
        } catch (IllegalArgumentException | UnknownHostException e) {
            // told below
        }
        throw new StartException(
                "--key-lookup %s: allowed is http on loopback, for example http://127.0.0.1:8080/pinhole/turn-key"
                        .formatted(text));
    }
}

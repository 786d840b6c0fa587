package org.pinhole.app.turn;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.pinhole.api.spi.CredentialStore;
import org.pinhole.api.spi.CredentialsUnavailableException;

/**
 * Answers the TURN server's question for a user's key: a SIP user's H(A1) is TURN's long-term key (RFC 8489 §18.5), so the
 * SIP password opens an Allocate. The protocol is in docs/key-lookup.md of the TURN server; vectors/turn-identity.json pins its bytes. Knows
 * nothing of servlets; safe for any thread.
 */
public final class KeyLookup {
    /** No question is longer: a user name has at most 508 octets, six characters each when escaped. */
    public static final int MAX_BODY = 4096;

    private static final String BEARER = "Bearer ";

    private final SharedSecret token;
    private final CredentialStore store;
    private final Registrations registrations;

    private KeyLookup(SharedSecret token, CredentialStore store, Registrations registrations) {
        this.token = token;
        this.store = store;
        this.registrations = registrations;
    }

    /**
     * A look-up in this store, for whoever knows the token; a user whose registration is over has no keys.
     *
     * @throws IllegalArgumentException with a line for the operator, when the token cannot be read
     */
    public static KeyLookup of(TurnSettings settings, CredentialStore store, Registrations registrations) {
        return new KeyLookup(settings.readToken(), store, registrations);
    }

    /** Whether a request with this Authorization header field may ask. */
    public boolean permits(@Nullable String authorization) {
        if (authorization == null || !authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
            return false;
        }
        byte[] shown = authorization.substring(BEARER.length()).trim().getBytes(StandardCharsets.UTF_8);
        return MessageDigest.isEqual(token.bytes(), shown); // constant time
    }

    /** Answers a question that is permitted. */
    public KeyAnswer answer(byte[] body) {
        try {
            Map<String, String> question = FlatJson.strings(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(body))
                    .toString());
            String username = question.get("username");
            String realm = question.get("realm");
            if (username == null || realm == null) {
                return KeyAnswer.refused(400, "\"username\" and \"realm\" expected");
            }
            return answer(username, realm);
        } catch (CharacterCodingException notUtf8) {
            return KeyAnswer.refused(400, "UTF-8 expected");
        } catch (JsonFormatException malformed) {
            return KeyAnswer.refused(400, "no JSON object of strings: " + malformed.getMessage());
        } catch (CredentialsUnavailableException unavailable) {
            return KeyAnswer.unavailable();
        }
    }

    private KeyAnswer answer(String username, String realm) throws CredentialsUnavailableException {
        List<String> members = new ArrayList<>();
        add(members, "md5", store.findHa1(username, realm, "MD5"));
        add(members, "sha-256", store.findHa1(username, realm, "SHA-256"));
        if (members.isEmpty()) {
            return KeyAnswer.unknownUser();
        }
        return registrations.isOver(username, realm)
                ? KeyAnswer.ended()
                : KeyAnswer.known("{" + String.join(",", members) + "}");
    }

    private static void add(List<String> members, String name, @Nullable String ha1) {
        if (ha1 != null) {
            members.add("\"" + name + "\":\"" + ha1 + "\"");
        }
    }
}

package org.pinhole.turn.auth;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;
import org.pinhole.stun.LongTermKeys;

/** The bytes of the key look-up, without any connection: src/docs/key-lookup.md says it for both sides. */
final class KeyLookupProtocol {
    private static final JsonFactory JSON = new JsonFactory();
    private static final int MD5_BYTES = 16;
    private static final int SHA256_BYTES = 32;

    private KeyLookupProtocol() {}

    /** The body of a request. */
    static byte[] question(String username, String realm) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (JsonGenerator json = JSON.createGenerator(out)) {
            json.writeStartObject();
            json.writeStringField("username", username);
            json.writeStringField("realm", realm);
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    /** What an answer means. Whatever is not exactly a 200 with hashes, a 404 or a 410 is an {@link IOException}. */
    static KeyAnswer answer(int status, byte[] body) throws IOException {
        if (status == 404) {
            return KeyAnswer.UNKNOWN;
        }
        if (status == 410) {
            return KeyAnswer.ENDED;
        }
        if (status != 200) {
            throw new IOException("status " + status);
        }
        return new KeyAnswer.Known(keys(body));
    }

    private static LongTermKeys keys(byte[] body) throws IOException {
        byte[] md5 = null;
        byte[] sha256 = null;
        try (JsonParser json = JSON.createParser(body)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                throw new IOException("answer is no JSON object");
            }
            for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
                json.nextToken();
                switch (name) {
                    case "md5" -> md5 = hash(json.getText(), MD5_BYTES);
                    case "sha-256" -> sha256 = hash(json.getText(), SHA256_BYTES);
                    default -> json.skipChildren();
                }
            }
        }
        if (md5 == null && sha256 == null) {
            throw new IOException("answer has neither md5 nor sha-256");
        }
        return LongTermKeys.ofHashes(md5, sha256);
    }

    /** A null value is a hash that the store does not have. */
    private static byte @Nullable [] hash(@Nullable String hex, int bytes) throws IOException {
        if (hex == null || hex.equals("null")) {
            return null;
        }
        try {
            byte[] hash = HexFormat.of().parseHex(hex);
            if (hash.length == bytes) {
                return hash;
            }
        } catch (IllegalArgumentException e) {
            // told below, without the hash in it
        }
        throw new IOException("a hash is not %d bytes in hexadecimal".formatted(bytes));
    }
}

package org.pinhole.app.turn;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Paths;

/**
 * What we share with the TURN server: the content of a file, without the white space around it. That nobody else may read
 * the file is made sure of at deployment. Immutable; its text never shows in a log or a message.
 */
public final class SharedSecret {
    private final String text;

    private SharedSecret(String text) {
        this.text = text;
    }

    /** This text. */
    static SharedSecret of(String text) {
        return new SharedSecret(text.trim());
    }

    /**
     * Reads the file that a parameter names.
     *
     * @throws IllegalArgumentException with a line for the operator
     */
    static SharedSecret read(String parameter, String file) {
        try {
            byte[] content = Files.readAllBytes(Paths.get(file));
            SharedSecret secret = of(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(content))
                    .toString());
            if (!secret.text.isEmpty()) {
                return secret;
            }
        } catch (CharacterCodingException notText) {
            throw new IllegalArgumentException(parameter + "=" + file + ": UTF-8 text expected", notText);
        } catch (IOException unreadable) {
            throw new IllegalArgumentException(
                    parameter + "=" + file + ": cannot be read ("
                            + unreadable.getClass().getSimpleName()
                            + "); check that it exists, mode 0600, and its owner",
                    unreadable);
        }
        throw new IllegalArgumentException(parameter + "=" + file + ": it is empty; write the secret into it");
    }

    /** Its octets. */
    byte[] bytes() {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Whether it can stand in an HTTP header field. */
    boolean visibleAscii() {
        return text.chars().allMatch(c -> c > ' ' && c < 0x7F);
    }

    @Override
    public String toString() {
        return "a shared secret";
    }
}

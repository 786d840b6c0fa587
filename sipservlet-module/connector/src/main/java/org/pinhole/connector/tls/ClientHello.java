package org.pinhole.connector.tls;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What a client says first, as far as the choice of a certificate needs it (RFC 8446 §4.1.2). Lenient: what cannot be read
 * counts as not said, because the TLS engine reads the same bytes after us and is the one to refuse them.
 */
public final class ClientHello {
    private static final int SERVER_NAME = 0;
    private static final int SIGNATURE_ALGORITHMS = 13;
    private static final int SUPPORTED_VERSIONS = 43;
    private static final int HOST_NAME = 0;
    private static final int TLS_1_3 = 0x0304;
    private static final int LONGEST_NAME = 255;

    /** A hello that says nothing. */
    static final ClientHello SILENT = new ClientHello();

    private @Nullable String serverName;
    private int[] suites = {};
    private int[] signatureAlgorithms = {};
    private int[] versions = {};

    private ClientHello() {}

    /** Reads the body of the handshake message, from client_version on; {@code in} is left as it was. */
    public static ClientHello read(ByteBuf in) {
        ClientHello hello = new ClientHello();
        try {
            hello.fill(in.duplicate());
        } catch (IndexOutOfBoundsException cutShort) {
            return hello; // with what was read until then
        }
        return hello;
    }

    private void fill(ByteBuf in) {
        in.skipBytes(2 + 32); // legacy version, random
        in.skipBytes(in.readUnsignedByte()); // session id
        suites = numbers(in.readSlice(in.readUnsignedShort()));
        in.skipBytes(in.readUnsignedByte()); // compression methods
        if (!in.isReadable()) {
            return;
        }
        ByteBuf extensions = in.readSlice(in.readUnsignedShort());
        while (extensions.isReadable()) {
            int type = extensions.readUnsignedShort();
            ByteBuf body = extensions.readSlice(extensions.readUnsignedShort());
            if (type == SERVER_NAME) {
                serverName = hostName(body);
            } else if (type == SIGNATURE_ALGORITHMS) {
                signatureAlgorithms = numbers(body.readSlice(body.readUnsignedShort()));
            } else if (type == SUPPORTED_VERSIONS) {
                versions = numbers(body.readSlice(body.readUnsignedByte()));
            }
        }
    }

    private static int[] numbers(ByteBuf list) {
        int[] numbers = new int[list.readableBytes() / 2];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = list.readUnsignedShort();
        }
        return numbers;
    }

    private static @Nullable String hostName(ByteBuf body) {
        ByteBuf names = body.readSlice(body.readUnsignedShort());
        while (names.isReadable()) {
            int type = names.readUnsignedByte();
            ByteBuf name = names.readSlice(names.readUnsignedShort());
            if (type == HOST_NAME) {
                return printable(name);
            }
        }
        return null;
    }

    /** For logs and comparison: nothing that could break a line. */
    private static @Nullable String printable(ByteBuf name) {
        String text = name.toString(StandardCharsets.ISO_8859_1);
        boolean odd =
                text.isEmpty() || text.length() > LONGEST_NAME || text.chars().anyMatch(c -> c < 0x21 || c > 0x7E);
        return odd ? null : text;
    }

    /** The server name as it was sent, or null for none (or none that can be printed). */
    public @Nullable String serverName() {
        return serverName;
    }

    /** The host in it: lower case, without the port that PJSIP appends and without a final dot. */
    @Nullable
    String host() {
        if (serverName == null) {
            return null;
        }
        String host = serverName.toLowerCase(Locale.ROOT).replaceFirst("(?<!:):[0-9]{1,5}$", "");
        return host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
    }

    boolean offersVersion13() {
        return contains(versions, TLS_1_3);
    }

    boolean offersSuite(int suite) {
        return contains(suites, suite);
    }

    boolean takesSignature(int algorithm) {
        return contains(signatureAlgorithms, algorithm);
    }

    private static boolean contains(int[] numbers, int wanted) {
        for (int number : numbers) {
            if (number == wanted) {
                return true;
            }
        }
        return false;
    }
}

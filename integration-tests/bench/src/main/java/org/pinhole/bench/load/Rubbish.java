package org.pinhole.bench.load;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.Random;

/** What arrives on port 443 besides phones. */
public final class Rubbish {
    private static final Random RANDOM = new Random(443); // the same in each run

    private Rubbish() {}

    /** Noise, plaintext SIP, HTTP, and the beginning of a TLS record that is none; by turns. */
    public static byte[] of(int number) {
        return switch (number & 3) {
            case 0 -> noise(200);
            case 1 -> "GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".getBytes(US_ASCII);
            case 2 ->
                "OPTIONS sip:bench.test SIP/2.0\r\nVia: SIP/2.0/TCP 192.0.2.1;branch=z9hG4bKx\r\n\r\n"
                        .getBytes(US_ASCII);
            default -> tlsThatIsNone();
        };
    }

    /** A TLS client that stops: after nothing, after half its hello, or after the whole of it; by turns. */
    public static byte[] stalled(int number, byte[] clientHello) {
        return switch (number % 3) {
            case 0 -> new byte[0];
            case 1 -> java.util.Arrays.copyOf(clientHello, clientHello.length / 2);
            default -> clientHello;
        };
    }

    private static byte[] tlsThatIsNone() {
        byte[] bytes = noise(105);
        byte[] head = {22, 3, 1, 0, 100};
        System.arraycopy(head, 0, bytes, 0, head.length);
        return bytes;
    }

    private static byte[] noise(int length) {
        byte[] bytes = new byte[length];
        RANDOM.nextBytes(bytes);
        return bytes;
    }
}

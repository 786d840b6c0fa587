package org.pinhole.connector.transport;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * Finds the Call-ID of a framed message without parsing it. It decides only behind which messages this one is parsed and
 * processed, so that those of a call stay in order. Who writes another's Call-ID, and is known, makes his own messages and the
 * other's be done one by one, and nothing else. Pure.
 */
final class CallIdScan {
    private static final byte[] LONG_NAME = "call-id".getBytes(UTF_8);
    private static final byte[] COMPACT_NAME = {'i'};

    private CallIdScan() {}

    /** The value of the first Call-ID header (RFC 3261 §20.8, compact form i), or {@code otherwise} when there is none. */
    static String of(byte[] message, String otherwise) {
        int line = nextLine(message, 0);
        while (line < message.length && message[line] != '\r' && message[line] != '\n') {
            int end = nextLine(message, line);
            int value = afterName(message, line, end, LONG_NAME);
            if (value < 0) {
                value = afterName(message, line, end, COMPACT_NAME);
            }
            if (value >= 0) {
                return new String(message, value, end - value, UTF_8).trim();
            }
            line = end;
        }
        return otherwise;
    }

    private static int nextLine(byte[] message, int from) {
        int i = from;
        while (i < message.length && message[i] != '\n') {
            i++;
        }
        return Math.min(i + 1, message.length);
    }

    /** Where the value begins if the line is a header of this name, or -1. */
    private static int afterName(byte[] message, int line, int end, byte[] name) {
        if (end - line <= name.length) {
            return -1;
        }
        for (int i = 0; i < name.length; i++) {
            if ((message[line + i] | 0x20) != (name[i] | 0x20)) {
                return -1;
            }
        }
        int colon = line + name.length;
        while (colon < end && (message[colon] == ' ' || message[colon] == '\t')) {
            colon++;
        }
        return colon < end && message[colon] == ':' ? colon + 1 : -1;
    }
}

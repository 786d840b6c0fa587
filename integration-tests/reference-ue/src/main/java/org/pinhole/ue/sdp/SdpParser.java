package org.pinhole.ue.sdp;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads a description line by line; one object for one text. */
final class SdpParser {
    private static final int MAX_PORT = 65_535;

    private @Nullable String origin;
    private @Nullable String connection;
    private List<SdpAttribute> attributes = new ArrayList<>();
    private SdpAttributes ofSession = SdpAttributes.NONE;
    private final List<MediaDescription> media = new ArrayList<>();
    private @Nullable MediaDescription medium;
    private @Nullable String ownConnection;

    private SdpParser() {}

    static SessionDescription parse(String text) {
        if (!text.startsWith("v=0")) {
            throw new SdpFormatException("a session description begins with v=0");
        }
        SdpParser parser = new SdpParser();
        for (String line : text.split("\r?\n", -1)) {
            if (!line.isBlank()) {
                parser.line(line);
            }
        }
        return parser.end();
    }

    private void line(String line) {
        if (line.length() < 2 || line.charAt(1) != '=') {
            throw new SdpFormatException("'" + line + "' is no line of a session description");
        }
        String value = line.substring(2).trim();
        switch (line.charAt(0)) {
            case 'o' -> origin = value;
            case 'c' -> connection(value);
            case 'a' -> attributes.add(SdpAttribute.parse(value));
            case 'm' -> begin(value);
            default -> {}
        }
    }

    /** {@code IN IP4 address}, of multicast with a lifetime behind a slash that is of no use here. */
    private void connection(String value) {
        String[] words = value.split(" +", -1);
        if (words.length != 3) {
            throw new SdpFormatException("'c=" + value + "' is no connection line");
        }
        String address = words[2].replaceFirst("/.*", "");
        if (address.isEmpty()) {
            throw new SdpFormatException("'c=" + value + "' has no address");
        }
        if (medium == null) {
            connection = address;
        } else {
            ownConnection = address;
        }
    }

    private void begin(String value) {
        endSection();
        String[] words = value.split(" +", -1);
        if (words.length < 4) {
            throw new SdpFormatException("'m=" + value + "' is no media line");
        }
        medium = new MediaDescription(
                words[0], port(words[1]), words[2], List.of(words).subList(3, words.length), null, SdpAttributes.NONE);
    }

    private static int port(String word) {
        String number = word.replaceFirst("/.*", "");
        if (!number.matches("[0-9]{1,5}") || Integer.parseInt(number) > MAX_PORT) {
            throw new SdpFormatException("'" + word + "' is no port");
        }
        return Integer.parseInt(number);
    }

    private void endSection() {
        SdpAttributes seen = new SdpAttributes(attributes);
        MediaDescription last = medium;
        if (last == null) {
            ofSession = seen;
        } else {
            media.add(new MediaDescription(
                    last.kind(), last.port(), last.protocol(), last.formats(), ownConnection, seen));
        }
        attributes = new ArrayList<>();
        ownConnection = null;
    }

    private SessionDescription end() {
        endSection();
        String known = origin;
        if (known == null) {
            throw new SdpFormatException("the session description has no o= line");
        }
        return new SessionDescription(known, connection, ofSession, media);
    }
}

package org.pinhole.connector.flow;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.pinhole.api.spi.FlowTokenKey;
import org.pinhole.api.spi.FlowTokenKeys;
import org.pinhole.connector.file.Hex;
import org.pinhole.connector.file.RotatingKeys;

/**
 * The name of this node, the key that makes flow tokens, and those before it, numbered in sequence. Immutable; what one
 * process and its successors on this machine know.
 */
final class TokenKeyRing implements FlowTokenKeys, RotatingKeys<TokenKeyRing> {
    /** How many are kept. Their secrets too: without, a token with one bit of its key id flipped would pass for an old one. */
    static final int KEPT = 64;

    private static final int SECRET = 32;
    private static final String HEAD = "# Pinhole: this node's name and its keys of flow tokens, newest first. Secret."
            + " Rotated by the connector. Without this file phones' old registrations are answered 403 instead of 430.";
    private static final Pattern NODE = Pattern.compile("node ([0-9a-f]{" + 2 * NODE_LENGTH + "})");
    private static final Pattern KEY = Pattern.compile("([0-9]{1,3}) ([0-9]{1,12}) ([0-9a-f]{" + 2 * SECRET + "})");

    private final byte[] node;
    private final Instant newestMade;
    private final List<String> lines;
    private final List<FlowTokenKey> keys;

    /** From the lines of a file, which must match {@link #KEY}. */
    private TokenKeyRing(byte[] node, List<String> lines) {
        List<FlowTokenKey> read = new ArrayList<>();
        for (String line : lines) {
            String[] parts = line.split(" ", 3);
            read.add(new FlowTokenKey(Integer.parseInt(parts[0]), Hex.decode(parts[2])));
        }
        this.node = node;
        this.newestMade = Instant.ofEpochSecond(Long.parseLong(lines.get(0).split(" ", 3)[1]));
        this.lines = lines;
        this.keys = Collections.unmodifiableList(read);
    }

    static TokenKeyRing fresh(Instant now, SecureRandom random) {
        byte[] node = new byte[NODE_LENGTH];
        random.nextBytes(node);
        return new TokenKeyRing(node, Collections.singletonList(line(0, now, random)));
    }

    /** Reads {@link #text}, or returns null when this is no text of a key ring. */
    static @Nullable TokenKeyRing parse(String text) {
        byte[] node = null;
        List<String> lines = new ArrayList<>();
        boolean[] seen = new boolean[FlowTokenKey.MAX_ID + 1];
        for (String line : text.split("\r?\n", -1)) {
            if (line.isEmpty() || line.startsWith("#")) {
                continue;
            }
            Matcher named = NODE.matcher(line);
            Matcher key = KEY.matcher(line);
            int id = key.matches() ? Integer.parseInt(key.group(1)) : -1;
            if (named.matches() && node == null) {
                node = Hex.decode(named.group(1));
            } else if (id >= 0 && id <= FlowTokenKey.MAX_ID && !seen[id]) {
                seen[id] = true;
                lines.add(line);
            } else {
                return null;
            }
        }
        return node == null || lines.isEmpty() ? null : new TokenKeyRing(node, lines);
    }

    private static String line(int id, Instant now, SecureRandom random) {
        byte[] secret = new byte[SECRET];
        random.nextBytes(secret);
        return id + " " + now.getEpochSecond() + " " + Hex.encode(secret);
    }

    @Override
    public String text() {
        return HEAD + "\nnode " + Hex.encode(node) + '\n' + String.join("\n", lines) + '\n';
    }

    @Override
    public boolean isDue(Instant now, Duration rotation) {
        return !now.isBefore(newestMade.plus(rotation));
    }

    @Override
    public TokenKeyRing rotated(Instant now, SecureRandom random) {
        int next = (keys.get(0).id() + 1) % (FlowTokenKey.MAX_ID + 1);
        List<String> rotated = new ArrayList<>();
        rotated.add(line(next, now, random));
        rotated.addAll(lines.subList(0, Math.min(lines.size(), KEPT - 1)));
        return new TokenKeyRing(node, rotated);
    }

    @Override
    public byte[] node() {
        return node.clone();
    }

    @Override
    public List<FlowTokenKey> keys() {
        return keys;
    }

    @Override
    public String toString() {
        return keys.size() + " flow token keys";
    }
}

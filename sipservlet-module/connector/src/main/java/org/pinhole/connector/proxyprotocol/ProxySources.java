package org.pinhole.connector.proxyprotocol;

import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/** The addresses whose PROXY headers are believed: {@code 192.0.2.1, 198.51.100.0/24, 2001:db8::/32}. Immutable. */
public final class ProxySources {
    private static final String EXPECTED =
            "addresses or networks separated by commas expected, such as 127.0.0.1,::1,198.51.100.0/24";

    private final List<byte[]> prefixes;
    private final List<Integer> bits;

    private ProxySources(List<byte[]> prefixes, List<Integer> bits) {
        this.prefixes = Collections.unmodifiableList(prefixes);
        this.bits = Collections.unmodifiableList(bits);
    }

    /**
     * Reads a list; an empty text is an empty list.
     *
     * @throws IllegalArgumentException saying what is allowed
     */
    public static ProxySources parse(String text) {
        List<byte[]> prefixes = new ArrayList<>();
        List<Integer> bits = new ArrayList<>();
        for (String word : text.trim().isEmpty() ? new String[0] : text.split(",", -1)) {
            String network = word.trim();
            int slash = network.indexOf('/');
            byte[] address = literal(slash < 0 ? network : network.substring(0, slash));
            String length = slash < 0 ? String.valueOf(8 * address.length) : network.substring(slash + 1);
            if (!length.matches("[0-9]{1,3}") || Integer.parseInt(length) > 8 * address.length) {
                throw new IllegalArgumentException(EXPECTED + "; seen: " + network);
            }
            prefixes.add(address);
            bits.add(Integer.parseInt(length));
        }
        return new ProxySources(prefixes, bits);
    }

    private static byte[] literal(String text) {
        boolean v4 = text.matches("\\d{1,3}(?:\\.\\d{1,3}){3}");
        byte[] octets =
                v4 || text.matches("(?=.*:)[0-9A-Fa-f:.]+") ? NetUtil.createByteArrayFromIpAddressString(text) : null;
        if (octets == null) {
            throw new IllegalArgumentException(EXPECTED + "; seen: " + text);
        }
        try {
            return InetAddress.getByAddress(octets).getAddress(); // of a v4 address in v6 clothing, the v4 one
        } catch (UnknownHostException wrongLength) {
            throw new IllegalStateException(wrongLength); // 4 and 16 are right
        }
    }

    /** Whether nobody is listed. */
    public boolean isEmpty() {
        return prefixes.isEmpty();
    }

    /** Whether this address is listed, by itself or within a network. */
    public boolean contains(InetAddress address) {
        byte[] octets = address.getAddress();
        for (int i = 0; i < prefixes.size(); i++) {
            if (prefixes.get(i).length == octets.length
                    && Arrays.equals(masked(prefixes.get(i), bits.get(i)), masked(octets, bits.get(i)))) {
                return true;
            }
        }
        return false;
    }

    private static byte[] masked(byte[] octets, int length) {
        byte[] masked = octets.clone();
        for (int i = 0; i < masked.length; i++) {
            int kept = Math.max(0, Math.min(8, length - 8 * i));
            masked[i] &= (byte) (0xFF00 >> kept);
        }
        return masked;
    }
}

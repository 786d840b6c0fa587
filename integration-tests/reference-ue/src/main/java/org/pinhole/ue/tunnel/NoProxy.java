package org.pinhole.ue.tunnel;

import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The list of {@code no_proxy}: domains with all below them, addresses, networks such as 10.0.0.0/8, each with a port if
 * only that one is meant, or {@code *} for all. Names are never looked up. Pure.
 */
final class NoProxy {
    private final List<String> entries;

    private NoProxy(List<String> entries) {
        this.entries = List.copyOf(entries);
    }

    /** Reads a list separated by commas or spaces. */
    static NoProxy parse(String text) {
        return new NoProxy(Stream.of(text.toLowerCase(Locale.ROOT).split("[,\\s]+"))
                .filter(entry -> !entry.isEmpty())
                .toList());
    }

    static boolean isThisMachine(String host) {
        return host.equalsIgnoreCase("localhost") || host.matches("127(\\.[0-9]{1,3}){3}") || host.equals("::1");
    }

    boolean lists(HostPort server) {
        String host = server.host().toLowerCase(Locale.ROOT);
        return entries.stream().anyMatch(entry -> matches(entry, host, server.port()));
    }

    private static boolean matches(String entry, String host, int port) {
        if (entry.equals("*")) {
            return true;
        }
        int slash = entry.indexOf('/');
        if (slash > 0) {
            return inNetwork(unbracketed(entry.substring(0, slash)), entry.substring(slash + 1), host);
        }
        String name = entry;
        int colon = entry.lastIndexOf(':');
        boolean oneColon = colon > 0 && (entry.indexOf(':') == colon || entry.charAt(colon - 1) == ']');
        if (oneColon) {
            if (!entry.substring(colon + 1).equals(Integer.toString(port))) {
                return false;
            }
            name = entry.substring(0, colon);
        }
        name = unbracketed(name).replaceFirst("^\\*?\\.", "");
        byte[] address = literal(name);
        if (address != null) {
            return Arrays.equals(address, literal(host));
        }
        return host.equals(name) || host.endsWith("." + name);
    }

    private static String unbracketed(String text) {
        return text.startsWith("[") && text.endsWith("]") ? text.substring(1, text.length() - 1) : text;
    }

    private static boolean inNetwork(String network, String bits, String host) {
        byte[] net = literal(network);
        byte[] address = literal(host);
        if (net == null || address == null || net.length != address.length || !bits.matches("[0-9]{1,3}")) {
            return false;
        }
        int rest = Math.max(0, net.length * 8 - Integer.parseInt(bits));
        return new BigInteger(1, net).shiftRight(rest).equals(new BigInteger(1, address).shiftRight(rest));
    }

    /** The octets of an address; null for a name. */
    private static byte @Nullable [] literal(String text) {
        if (!text.matches("[0-9]{1,3}(\\.[0-9]{1,3}){3}") && text.indexOf(':') < 0) {
            return null;
        }
        try {
            return InetAddress.getByName(text).getAddress(); // a literal: nobody is asked
        } catch (UnknownHostException e) {
            return null;
        }
    }
}

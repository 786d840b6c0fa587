package org.pinhole.ue.ice;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The value of {@code a=candidate} (RFC 8839 §5.1, RFC 6544 §4.5). Pure. */
public final class CandidateLine {
    private static final int WORDS = 8;
    private static final long MAX_PRIORITY = 0x7FFF_FFFFL;
    private static final int MAX_PORT = 65_535;
    private static final String OCTET = "(25[0-5]|2[0-4][0-9]|1?[0-9]{1,2})";

    private CandidateLine() {}

    /** The line for one of ours. */
    public static String write(Candidate candidate) {
        InetSocketAddress address = candidate.address();
        StringBuilder line = new StringBuilder(candidate.foundation())
                .append(" 1 ")
                .append(candidate.transport().protocol())
                .append(' ')
                .append(candidate.priority())
                .append(' ')
                .append(host(address.getAddress()))
                .append(' ')
                .append(address.getPort())
                .append(" typ ")
                .append(candidate.type().word());
        InetSocketAddress related = candidate.related();
        if (related != null) {
            line.append(" raddr ")
                    .append(host(related.getAddress()))
                    .append(" rport ")
                    .append(related.getPort());
        }
        String tcptype = candidate.transport().tcptype();
        return tcptype == null
                ? line.toString()
                : line.append(" tcptype ").append(tcptype).toString();
    }

    /** Reads one of theirs; null for what this agent has no use for: names, unknown types, other components. */
    public static @Nullable Candidate find(String value) {
        List<String> words = List.of(value.trim().split(" +", -1));
        if (words.size() < WORDS || !words.get(6).equals("typ") || !words.get(1).equals("1")) {
            return null;
        }
        IceTransport transport = IceTransport.find(words.get(2), extension(words, "tcptype"));
        CandidateType type = CandidateType.find(words.get(7));
        long priority = number(words.get(3), MAX_PRIORITY);
        InetSocketAddress address = address(words.get(4), words.get(5));
        if (transport == null || type == null || priority < 1 || address == null) {
            return null;
        }
        return new Candidate(words.get(0), transport, priority, address, type, null);
    }

    private static @Nullable String extension(List<String> words, String name) {
        for (int i = WORDS; i + 1 < words.size(); i += 2) {
            if (words.get(i).equals(name)) {
                return words.get(i + 1);
            }
        }
        return null;
    }

    private static long number(String word, long max) {
        long number = word.matches("[0-9]{1,10}") ? Long.parseLong(word) : -1;
        return number > max ? -1 : number;
    }

    /** Literal addresses only: a stranger's description makes nobody ask a resolver (RFC 8839 §5.1 lets us). */
    private static @Nullable InetSocketAddress address(String host, String port) {
        boolean literal =
                host.matches(OCTET + "(\\." + OCTET + "){3}") || host.matches("[0-9a-fA-F:.]*:[0-9a-fA-F:.]*");
        long number = number(port, MAX_PORT);
        if (!literal || number < 0) {
            return null;
        }
        try {
            return new InetSocketAddress(InetAddress.getByName(host), (int) number);
        } catch (UnknownHostException e) {
            return null;
        }
    }

    static String host(InetAddress address) {
        return address.getHostAddress().replaceFirst("%.*", "");
    }
}

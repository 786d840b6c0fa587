package org.pinhole.app.chain;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The servers that may send requests to a connector's phones by way of the container's own connectors, and whose word about
 * who is calling holds (the trust domain of RFC 3324 §2.3): those of {@code pinhole.trusted-sources}, and without it the next
 * hop, because nobody else has cause to. Told apart by the address that a packet came from. Immutable.
 */
public final class TrustedSources {
    private static final Pattern HOST = Pattern.compile("sip:(?:\\[([^\\]]+)]|([^:;]+)).*");

    private final boolean everybody;
    private final String[] hosts;

    private TrustedSources(boolean everybody, String... hosts) {
        this.everybody = everybody;
        this.hosts = hosts;
    }

    /** Of the settings of a phone's connector, which have been checked. */
    public static TrustedSources of(Map<String, String> settings) {
        if ("p-cscf".equals(settings.get("pinhole.role"))) {
            return new TrustedSources(true); // whose own parameter another step has heeded
        }
        String listed = settings.getOrDefault("pinhole.trusted-sources", "").trim();
        if (!listed.isEmpty()) {
            return new TrustedSources(false, listed.split("\\s*,\\s*", -1));
        }
        Matcher nextHop = HOST.matcher(settings.getOrDefault("pinhole.next-hop", ""));
        if (!nextHop.matches()) {
            return new TrustedSources(false);
        }
        return new TrustedSources(false, nextHop.group(1) == null ? nextHop.group(2) : nextHop.group(1));
    }

    /** The edges that phones come by on connectors of ours: those that are listed, and none else. */
    public static TrustedSources edgesOf(Map<String, String> settings) {
        boolean listed = !"p-cscf".equals(settings.get("pinhole.role"))
                && !settings.getOrDefault("pinhole.trusted-sources", "").trim().isEmpty();
        return listed ? of(settings) : new TrustedSources(false);
    }

    /**
     * Whether a request from there is to be believed.
     *
     * @param address as it stands in the packet; null: nobody knows
     */
    public boolean contain(@Nullable String address) {
        return everybody || (address != null && Arrays.stream(hosts).anyMatch(host -> isOf(host, address)));
    }

    /** Every time anew: a next hop's name may come to mean another address. The JVM remembers answers for half a minute. */
    private static boolean isOf(String host, String address) {
        try {
            InetAddress asked = InetAddress.getByName(address); // a literal: no look-up
            return Arrays.asList(InetAddress.getAllByName(host)).contains(asked);
        } catch (UnknownHostException nobody) {
            return false;
        }
    }
}

package org.pinhole.app.chain;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The servers that may send requests to a connector's phones by way of the container's own connectors, and whose word about
 * who is calling holds (the trust domain of RFC 3324 §2.3): the next hop, and those of {@code pinhole.trusted-sources} beside
 * it. Nobody else has cause to. Told apart by the address that a packet came from. Immutable.
 */
public final class TrustedSources {
    private static final Pattern HOST = Pattern.compile("sip:(?:\\[([^\\]]+)]|([^:;]+)).*");

    private final boolean everybody;
    private final List<String> hosts;

    private TrustedSources(boolean everybody, List<String> hosts) {
        this.everybody = everybody;
        this.hosts = Collections.unmodifiableList(hosts);
    }

    /** Of the settings of a phone's connector, which have been checked. */
    public static TrustedSources of(Map<String, String> settings) {
        if ("p-cscf".equals(settings.get("pinhole.role"))) {
            return new TrustedSources(true, Collections.emptyList()); // whose own parameter another step has heeded
        }
        List<String> hosts = listed(settings, "pinhole.trusted-sources");
        Matcher nextHop = HOST.matcher(settings.getOrDefault("pinhole.next-hop", ""));
        if (nextHop.matches()) {
            hosts.add(nextHop.group(1) == null ? nextHop.group(2) : nextHop.group(1));
        }
        return new TrustedSources(false, hosts);
    }

    private static List<String> listed(Map<String, String> settings, String parameter) {
        String list = settings.getOrDefault(parameter, "").trim();
        return list.isEmpty() ? new ArrayList<>() : new ArrayList<>(Arrays.asList(list.split("\\s*,\\s*", -1)));
    }

    /**
     * Whether a request from there is to be believed.
     *
     * @param address as it stands in the packet; null: nobody knows
     */
    public boolean contain(@Nullable String address) {
        return everybody || (address != null && hosts.stream().anyMatch(host -> isOf(host, address)));
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

package org.pinhole.app.digest;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.pinhole.api.Flow;
import org.pinhole.app.chain.Exchange;
import org.pinhole.app.chain.NameAddress;
import org.pinhole.app.chain.SipFormatException;
import org.pinhole.app.chain.SipUri;

/**
 * The realms of one connector, and which of them a request belongs to: that of its user's domain (To of a REGISTER, else
 * From), else that of the name asked for in the TLS handshake, else the first. Who lies there is challenged for another
 * realm and is a user of that one or of none. Immutable.
 */
public final class DigestRealms {
    private final Map<String, RealmGuard> byDomain;
    private final RealmGuard first;

    private DigestRealms(Map<String, RealmGuard> byDomain, RealmGuard first) {
        this.byDomain = byDomain;
        this.first = first;
    }

    /** These realms; there must be one. */
    public static DigestRealms of(List<RealmGuard> guards) {
        Map<String, RealmGuard> byDomain = new LinkedHashMap<>();
        guards.forEach(guard -> byDomain.put(guard.realm().toLowerCase(Locale.ROOT), guard));
        return new DigestRealms(byDomain, new ArrayList<>(guards).get(0));
    }

    RealmGuard guardOf(Exchange exchange) {
        if (byDomain.size() == 1) {
            return first;
        }
        RealmGuard guard = find(domain(exchange));
        Flow flow = exchange.flow();
        if (guard == null && flow != null) {
            guard = findAbove(flow.serverName());
        }
        return guard == null ? first : guard;
    }

    private static @Nullable String domain(Exchange exchange) {
        String address = exchange.header(exchange.method().equals("REGISTER") ? "To" : "From");
        try {
            return address == null
                    ? null
                    : SipUri.parse(NameAddress.parse(address).uri()).host();
        } catch (SipFormatException notSip) {
            return null;
        }
    }

    private @Nullable RealmGuard find(@Nullable String domain) {
        return domain == null ? null : byDomain.get(domain.toLowerCase(Locale.ROOT));
    }

    /** Servers are often named below their domain, as in {@code edge.example.com}. */
    private @Nullable RealmGuard findAbove(@Nullable String serverName) {
        String name = serverName == null ? "" : serverName.toLowerCase(Locale.ROOT);
        RealmGuard guard = find(name);
        while (guard == null && name.indexOf('.') >= 0) {
            name = name.substring(name.indexOf('.') + 1);
            guard = find(name);
        }
        return guard;
    }

    /** The realms as hosts, in lower case. */
    Set<String> hosts() {
        return byDomain.keySet();
    }

    boolean has(String realm) {
        RealmGuard guard = find(realm);
        return guard != null && guard.realm().equals(realm);
    }
}

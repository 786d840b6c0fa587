package org.pinhole.ue.discovery;

import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.random.RandomGenerator;
import org.pinhole.ue.tunnel.HostPort;

/** Finds the edges of a SIP domain for a UE that speaks TLS only (RFC 3263 §4.1, §4.2). */
public final class Discovery {
    private final DnsRecords dns;
    private final SrvOrder order;

    public Discovery(DnsRecords dns, RandomGenerator random) {
        this.dns = dns;
        this.order = new SrvOrder(random);
    }

    /** The edges, best first; empty when the domain names none. */
    public List<HostPort> edges(String domain) throws IOException {
        return order.of(dns.srv(serviceName(domain))).stream()
                .map(service -> new HostPort(service.target(), service.port()))
                .toList();
    }

    /** The same; an exception with one line of what to do when there is none. */
    public List<HostPort> requireEdges(String domain) throws IOException {
        List<HostPort> edges = edges(domain);
        if (edges.isEmpty()) {
            throw new IOException("the DNS names no edge of " + domain
                    + " for SIP over TLS (NAPTR SIPS+D2T, SRV _sips._tcp);" + " name one with --server");
        }
        return edges;
    }

    /** What the domain's NAPTR says of TLS, else the name that RFC 3263 makes of it. */
    private String serviceName(String domain) throws IOException {
        return dns.naptr(domain).stream()
                .filter(NaptrRecord::leadsToTls)
                .min(Comparator.comparingInt(NaptrRecord::order).thenComparingInt(NaptrRecord::preference))
                .map(NaptrRecord::replacement)
                .orElse("_sips._tcp." + domain);
    }
}

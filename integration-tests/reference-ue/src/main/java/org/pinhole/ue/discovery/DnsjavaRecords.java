package org.pinhole.ue.discovery;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.xbill.DNS.ExtendedResolver;
import org.xbill.DNS.Lookup;
import org.xbill.DNS.NAPTRRecord;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Resolver;
import org.xbill.DNS.SRVRecord;
import org.xbill.DNS.SimpleResolver;
import org.xbill.DNS.TextParseException;
import org.xbill.DNS.Type;

/** By dnsjava: EDNS, TCP where an answer is too long for a datagram, aliases followed. Nothing is kept from one look-up to the next. */
public final class DnsjavaRecords implements DnsRecords {
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Resolver resolver;

    private DnsjavaRecords(Resolver resolver) {
        this.resolver = resolver;
        resolver.setTimeout(PATIENCE);
    }

    /** Asks the system's resolvers, one after the other. */
    public static DnsjavaRecords system() {
        return new DnsjavaRecords(new ExtendedResolver());
    }

    /** Asks this one server. */
    public static DnsjavaRecords at(InetSocketAddress server) {
        return new DnsjavaRecords(new SimpleResolver(server));
    }

    @Override
    public List<NaptrRecord> naptr(String name) throws IOException {
        return find(name, Type.NAPTR, NAPTRRecord.class)
                .map(found -> new NaptrRecord(
                        found.getOrder(),
                        found.getPreference(),
                        found.getFlags(),
                        found.getService(),
                        found.getReplacement().toString(true)))
                .toList();
    }

    @Override
    public List<SrvRecord> srv(String name) throws IOException {
        return find(name, Type.SRV, SRVRecord.class)
                .filter(found -> !found.getTarget().equals(Name.root) && found.getPort() > 0)
                .map(found -> new SrvRecord(
                        found.getPriority(),
                        found.getWeight(),
                        found.getPort(),
                        found.getTarget().toString(true)))
                .toList();
    }

    private <T extends Record> Stream<T> find(String name, int type, Class<T> kind) throws IOException {
        Lookup lookup = new Lookup(absolute(name), type);
        lookup.setResolver(resolver);
        lookup.setCache(null);
        Record[] found = lookup.run();
        return switch (lookup.getResult()) {
            case Lookup.SUCCESSFUL ->
                Stream.of(found == null ? new Record[0] : found)
                        .filter(kind::isInstance)
                        .map(kind::cast);
            case Lookup.HOST_NOT_FOUND, Lookup.TYPE_NOT_FOUND -> Stream.empty();
            default ->
                throw new IOException(
                        "DNS look-up of " + Type.string(type) + " " + name + " failed: " + lookup.getErrorString());
        };
    }

    private static Name absolute(String name) throws IOException {
        try {
            return Name.fromString(name, Name.root);
        } catch (TextParseException e) {
            throw new IOException("'" + name + "' is no name of the DNS: " + e.getMessage(), e);
        }
    }
}

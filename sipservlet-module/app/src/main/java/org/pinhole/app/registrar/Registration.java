package org.pinhole.app.registrar;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pinhole.api.FlowToken;
import org.pinhole.app.chain.Exchange;
import org.pinhole.app.chain.NameAddress;
import org.pinhole.app.chain.SipFormatException;
import org.pinhole.app.chain.SipUri;

/** What a REGISTER says, read and not yet judged. Immutable. */
final class Registration {
    private final String addressOfRecord;
    private final List<NameAddress> contacts;
    private final @Nullable Long expires;
    private final String callId;
    private final long cseq;
    private final boolean outboundSupported;
    private final boolean pathSupported;
    private final int vias;
    private final List<String> path;
    private final FlowToken flow;

    private Registration(Exchange exchange) {
        this.addressOfRecord =
                AddressOfRecord.of(SipUri.parse(address(exchange.header("To")).uri()));
        List<NameAddress> addresses = new ArrayList<>();
        exchange.headers("Contact").forEach(value -> addresses.add(NameAddress.parse(value)));
        this.contacts = Collections.unmodifiableList(addresses);
        this.expires = unsigned(exchange.header("Expires"));
        this.callId = String.valueOf(exchange.header("Call-ID"));
        this.cseq = cseqOf(exchange.header("CSeq"));
        this.outboundSupported = lists(exchange.headers("Supported"), "outbound");
        this.pathSupported = lists(exchange.headers("Supported"), "path");
        this.vias = exchange.headers("Via").size();
        List<String> uris = new ArrayList<>();
        exchange.headers("Path")
                .forEach(value -> uris.add(NameAddress.parse(value).uri()));
        this.path = Collections.unmodifiableList(uris);
        this.flow = exchange.requireFlow().token();
    }

    /**
     * Reads a REGISTER.
     *
     * @throws SipFormatException when a header field of it is malformed
     */
    static Registration of(Exchange exchange) {
        return new Registration(exchange);
    }

    private static NameAddress address(@Nullable String value) {
        return NameAddress.parse(value == null ? "" : value);
    }

    private static long cseqOf(@Nullable String value) {
        String[] parts = value == null ? new String[0] : value.trim().split("\\s+", 2);
        Long number = parts.length == 0 ? null : unsigned(parts[0]);
        if (number == null) {
            throw new SipFormatException("CSeq without a number");
        }
        return number;
    }

    /** A delta-seconds or other unsigned 32-bit number; anything longer is as long as it gets (RFC 3261 §20.19). */
    static @Nullable Long unsigned(@Nullable String text) {
        if (text == null || text.trim().isEmpty()) {
            return null;
        }
        String digits = text.trim();
        if (!digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
            throw new SipFormatException("a number is malformed");
        }
        return digits.length() > 10 ? 0xFFFFFFFFL : Math.min(Long.parseLong(digits), 0xFFFFFFFFL);
    }

    private static boolean lists(List<String> values, String option) {
        return values.stream()
                .flatMap(value -> Arrays.stream(value.split(",", -1)))
                .anyMatch(listed -> listed.trim().equalsIgnoreCase(option));
    }

    String addressOfRecord() {
        return addressOfRecord;
    }

    List<NameAddress> contacts() {
        return contacts;
    }

    String callId() {
        return callId;
    }

    long cseq() {
        return cseq;
    }

    List<String> path() {
        return path;
    }

    FlowToken flow() {
        return flow;
    }

    /** Whether the phone says that it can do outbound; what it says of Path decides whether it did so rightly. */
    boolean outboundSupported() {
        return outboundSupported;
    }

    /** The lifetime that is asked for: of the Contact, else of the request, else null (RFC 3261 §10.2.1.1). */
    @Nullable
    Long expires(NameAddress contact) {
        Long own = unsigned(contact.parameter("expires"));
        return own == null ? expires : own;
    }

    /** Whether outbound is applied to Contacts that have a reg-id: the phone and the first hop can (RFC 5626 §4.2.1, §6). */
    boolean outboundApplies() {
        return outboundSupported && pathSupported && firstHopKeepsFlows();
    }

    /**
     * Whether a first hop that keeps flows is between the phone and us, or is us (RFC 5626 §6). We are the first hop when the
     * request arrived with the phone's own Via and no other; the hop next to the phone has the last Path (RFC 3327 §5.1).
     */
    boolean firstHopKeepsFlows() {
        return vias <= 1
                || (!path.isEmpty() && SipUri.parse(path.get(path.size() - 1)).hasParameter("ob"));
    }
}

package org.pinhole.app.registrar;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.pinhole.api.Flow;
import org.pinhole.api.FlowRegistry;
import org.pinhole.api.FlowToken;
import org.pinhole.api.spi.Binding;
import org.pinhole.api.spi.BindingStore;
import org.pinhole.api.spi.BindingsUnavailableException;
import org.pinhole.app.chain.HeaderText;
import org.pinhole.app.chain.NameAddress;
import org.pinhole.app.chain.Reply;
import org.pinhole.app.chain.SipFormatException;
import org.pinhole.app.chain.SipUri;

/** Serves REGISTER as RFC 3261 §10.3 steps 6 to 8, with the keys of RFC 5626 §6. */
final class Registrar {
    static final long DEFAULT_EXPIRES_SECONDS = 3600;
    /** A longer lifetime is shortened to it. */
    static final long MAX_EXPIRES_SECONDS = 3600;

    static final long MIN_EXPIRES_SECONDS = 60;
    /** More phones than any one user has; a bound on what one user can make us keep. The oldest makes room for one more. */
    static final int MAX_BINDINGS = 32;

    /** How often others may be quicker; a store that is never content must not hold a thread for ever. */
    private static final int MAX_ATTEMPTS = 10;

    /** No honest phone's instance-id, Contact or Path URI is longer: what one user can make us keep is bounded. */
    private static final int LONGEST_TEXT = 512;

    private static final long MAX_REG_ID = Integer.MAX_VALUE;

    private final BindingStore store;
    private final FlowRegistry flows;
    private final LongSupplier clockMillis;

    Registrar(BindingStore store, FlowRegistry flows, LongSupplier clockMillis) {
        this.store = store;
        this.flows = flows;
        this.clockMillis = clockMillis;
    }

    /** Carries out all of the request or none of it. */
    Reply register(Registration request) throws BindingsUnavailableException {
        for (int attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
            long now = clockMillis.getAsLong();
            List<Binding> seen = store.bindings(request.addressOfRecord());
            List<Binding> bindings = live(seen, request.flow(), now);
            Reply refusal = update(bindings, request, now);
            if (refusal != null) {
                return refusal;
            }
            if (request.contacts().isEmpty() || store.replace(request.addressOfRecord(), seen, bindings)) {
                return success(request, bindings, now);
            }
        }
        throw new BindingsUnavailableException("the bindings of " + request.addressOfRecord() + " have changed "
                + MAX_ATTEMPTS + " times while they were being replaced, or the store does not know its own again");
    }

    private static @Nullable Reply update(List<Binding> bindings, Registration request, long now) {
        if (request.contacts().stream().anyMatch(NameAddress::wildcard)) {
            return removeAll(bindings, request);
        }
        if (severalWithRegId(request)) {
            return Reply.of(400, "Several Contacts With reg-id"); // RFC 5626 §6
        }
        if (request.contacts().size() > MAX_BINDINGS) {
            return Reply.of(403, "Too Many Contacts");
        }
        for (NameAddress contact : request.contacts()) {
            Reply refusal = update(bindings, request, contact, now);
            if (refusal != null) {
                return refusal;
            }
        }
        while (bindings.size() > MAX_BINDINGS) { // what was refreshed went to the end
            bindings.remove(0);
        }
        return null;
    }

    private static @Nullable Reply removeAll(List<Binding> bindings, Registration request) {
        NameAddress wildcard = request.contacts().get(0);
        if (request.contacts().size() != 1 || !Objects.equals(request.expires(wildcard), 0L)) {
            return Reply.of(400, "Contact * Needs Expires 0 And No Other Contact");
        }
        for (Binding binding : bindings) {
            if (outOfOrder(binding, request)) {
                return Reply.of(500, "CSeq Out Of Order");
            }
        }
        bindings.clear();
        return null;
    }

    private static boolean severalWithRegId(Registration request) {
        long active = request.contacts().stream()
                .filter(contact -> !Objects.equals(request.expires(contact), 0L))
                .count();
        return active > 1 && request.contacts().stream().anyMatch(contact -> contact.parameter("reg-id") != null);
    }

    private static @Nullable Reply update(List<Binding> bindings, Registration request, NameAddress contact, long now) {
        Long asked = request.expires(contact);
        long seconds = Math.min(asked == null ? DEFAULT_EXPIRES_SECONDS : asked, MAX_EXPIRES_SECONDS);
        if (seconds > 0 && seconds < MIN_EXPIRES_SECONDS) {
            return Reply.of(423, "Interval Too Brief").with("Min-Expires", String.valueOf(MIN_EXPIRES_SECONDS));
        }
        SipUri.parse(contact.uri()); // nothing is kept that could not be compared and routed to
        requireShort("Contact", contact.uri());
        requireShort("+sip.instance", String.valueOf(contact.parameter("+sip.instance")));
        requireShort("Call-ID", request.callId());
        requireShort("Path", String.join(",", request.path()));
        long regId = regId(contact);
        if (regId > 0 && !request.firstHopKeepsFlows() && request.outboundSupported()) {
            return Reply.of(439, "First Hop Lacks Outbound Support");
        }
        boolean outbound = regId > 0 && request.outboundApplies();
        Binding updated = Binding.to(contact.uri())
                .instance(contact.parameter("+sip.instance"), outbound ? regId : 0)
                .request(request.callId(), request.cseq())
                .lifetime(now, now + seconds * 1000)
                .over(request.flow(), request.path())
                .build();
        for (Binding old : new ArrayList<>(bindings)) {
            if (sameKey(old, updated) || hasComeBack(old, updated)) {
                if (outOfOrder(old, request)) {
                    return Reply.of(500, "CSeq Out Of Order");
                }
                bindings.remove(old);
            }
        }
        if (seconds > 0) {
            bindings.add(updated);
        }
        return null;
    }

    private static void requireShort(String what, String text) {
        if (text.length() > LONGEST_TEXT) {
            throw new SipFormatException(what + " of more than " + LONGEST_TEXT + " characters");
        }
    }

    /** The reg-id, or 0 when there is none to heed: without an instance it is ignored (RFC 5626 §6). */
    private static long regId(NameAddress contact) {
        String text = contact.parameter("reg-id");
        if (text == null || contact.parameter("+sip.instance") == null) {
            return 0;
        }
        Long regId = Registration.unsigned(text);
        if (regId == null || regId < 1 || regId > MAX_REG_ID) {
            throw new SipFormatException("reg-id is not between 1 and 2^31-1");
        }
        return regId;
    }

    private static boolean sameKey(Binding one, Binding other) {
        if (one.outbound() != other.outbound()) {
            return false;
        }
        if (one.outbound()) {
            return one.regId() == other.regId()
                    && InstanceId.same(String.valueOf(one.instanceId()), String.valueOf(other.instanceId()));
        }
        return SipUri.parse(one.contactUri()).matches(SipUri.parse(other.contactUri()));
    }

    /**
     * Without reg-id a phone has one flow at a time (RFC 5626 §4.2): what it had bound on another is what a firewall has taken
     * from it, and a rewritten Contact is another on each.
     */
    private static boolean hasComeBack(Binding old, Binding updated) {
        return !old.outbound()
                && !updated.outbound()
                && old.instanceId() != null
                && updated.instanceId() != null
                && InstanceId.same(old.instanceId(), updated.instanceId())
                && !Objects.equals(old.flow(), updated.flow());
    }

    /** A request of the same phone that was overtaken by a later one (RFC 3261 §10.3 step 7). */
    private static boolean outOfOrder(Binding old, Registration request) {
        return old.callId().equals(request.callId()) && request.cseq() <= old.cseq();
    }

    private static Reply success(Registration request, List<Binding> bindings, long now) {
        Reply reply = Reply.of(200, "OK");
        for (Binding binding : bindings) {
            reply = reply.with("Contact", contact(binding, now));
        }
        boolean outboundUsed = bindings.stream()
                .anyMatch(binding -> binding.outbound()
                        && binding.callId().equals(request.callId())
                        && binding.cseq() == request.cseq());
        return outboundUsed ? reply.with("Require", "outbound") : reply;
    }

    private static String contact(Binding binding, long now) {
        long left = Math.max(1, (binding.expiresAtMillis() - now) / 1000);
        String contact = "<" + binding.contactUri() + ">;expires=" + left;
        String instance = binding.instanceId();
        if (instance != null) {
            contact += ";+sip.instance=" + HeaderText.quote(instance);
        }
        return binding.outbound() ? contact + ";reg-id=" + binding.regId() : contact;
    }

    /** Where to reach the address-of-record now, the youngest binding first. */
    List<Binding> lookUp(String addressOfRecord) throws BindingsUnavailableException {
        List<Binding> live = live(store.bindings(addressOfRecord), null, clockMillis.getAsLong());
        Collections.reverse(live); // a refreshed binding went to the end
        return live;
    }

    /**
     * Without those that have expired, or whose flow has died: the store may not have been told yet (RFC 5626 §7). That of the
     * request that asks is there; what any other token is worth takes a MAC to find out.
     */
    private List<Binding> live(List<Binding> kept, @Nullable FlowToken asking, long now) {
        List<Binding> live = new ArrayList<>(kept);
        live.removeIf(binding -> binding.expiresAtMillis() <= now || flowIsGone(binding.flow(), asking));
        return live;
    }

    private boolean flowIsGone(@Nullable FlowToken token, @Nullable FlowToken asking) {
        if (token == null || (asking != null && token.equals(asking))) {
            return false;
        }
        Flow flow = flows.find(token);
        return flow == null || !flow.open();
    }
}

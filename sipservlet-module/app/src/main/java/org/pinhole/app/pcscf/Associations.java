package org.pinhole.app.pcscf;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.pinhole.api.Flow;
import org.pinhole.api.FlowToken;
import org.pinhole.app.chain.NameAddress;
import org.pinhole.app.chain.OnceAMinute;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which flow is bound to whom. An association ends with its flow, with its registrations, when the core ends those, or when
 * the same phone registers on another connection: the same by its instance-id, or by its Contact from the same address. Safe
 * for any thread; bounded by the flows that are open.
 *
 * <p>The other two maps of it change within the change of {@code byFlow} that is the cause, under its lock for that flow: a
 * registration and the end of another may come on one flow at the same time. Nothing under that lock waits.
 */
final class Associations {
    private static final Logger LOG = LoggerFactory.getLogger(Associations.class);

    private final LongSupplier clockMillis;
    private final OnceAMinute complaint;
    private final Map<FlowToken, Bound> byFlow = new ConcurrentHashMap<>();
    /** By phone, so that its next connection finds the one before; those of the registrations above and no others. */
    private final Map<String, FlowToken> byContact = new ConcurrentHashMap<>();
    /** Open flows on which nobody is registered any more. */
    private final Map<FlowToken, Lapsed> lapsed = new ConcurrentHashMap<>();

    Associations(LongSupplier clockMillis) {
        this.clockMillis = clockMillis;
        this.complaint = new OnceAMinute(clockMillis);
    }

    /** What the flow is bound to; null when it is bound to nobody. */
    @Nullable
    Association find(@Nullable Flow flow) {
        return flow == null ? null : find(flow.token());
    }

    private @Nullable Association find(FlowToken token) {
        Bound bound = byFlow.get(token);
        long now = clockMillis.getAsLong();
        if (bound == null || bound.association.at(now) == bound.association) {
            return bound == null ? null : bound.association;
        }
        return change(token, association -> association.at(now), "its registration has expired");
    }

    /** Whether the flow is bound to this private identity. */
    boolean isBound(Flow flow, String privateIdentity) {
        Association association = find(flow);
        return association != null && association.privateIdentity().equals(privateIdentity);
    }

    /** A registration on this flow; another private identity's is over. */
    Association bind(Flow flow, String privateIdentity, Registration registration) {
        AtomicReference<@Nullable FlowToken> before = new AtomicReference<>();
        Bound now = byFlow.compute(flow.token(), (token, present) -> {
            boolean same =
                    present != null && present.association.privateIdentity().equals(privateIdentity);
            Bound next = new Bound(
                    flow,
                    same && present != null
                            ? present.association.with(registration)
                            : Association.of(privateIdentity, registration));
            before.set(byContact.put(ContactKey.of(privateIdentity, registration.contact()), token));
            if (present != null) {
                forgetContacts(present, next);
            }
            lapsed.remove(token);
            return next;
        });
        FlowToken older = before.get();
        if (older != null && !older.equals(flow.token())) {
            supersede(older, flow, privateIdentity, registration.contact());
        }
        if (!flow.open()) { // it ended while its answer was on the way, and nobody will be told again
            flowClosed(flow.token());
        }
        return now.association;
    }

    private void supersede(FlowToken older, Flow newer, String privateIdentity, NameAddress contact) {
        Bound present = byFlow.get(older);
        if (present != null && isElsewhere(present.flow, newer) && !ContactKey.namesDevice(contact)) {
            complain(privateIdentity, contact, present.flow, newer);
            return;
        }
        change(older, association -> null, "its phone has registered on flow " + newer.id());
        Lapsed over = lapsed.get(older);
        if (over != null) {
            over.flow.close("its phone has registered on another connection");
        }
    }

    /** Two private networks may have given two phones one address: only from one place it is surely the same phone's. */
    private static boolean isElsewhere(Flow older, Flow newer) {
        return !older.remoteAddress()
                .getHostString()
                .equals(newer.remoteAddress().getHostString());
    }

    private void complain(String privateIdentity, NameAddress contact, Flow older, Flow newer) {
        if (complaint.now()) {
            LOG.warn(
                    "phones of {} register one Contact, {}, from {} and from {}: calls reach the one that was last to;"
                            + " have them send a +sip.instance and a reg-id, or give each an account",
                    new Object[] {
                        privateIdentity,
                        contact.uri(),
                        older.remoteAddress().getHostString(),
                        newer.remoteAddress().getHostString()
                    });
        }
    }

    /** The phone has given up its registration at this Contact, which may be another flow's. */
    void unbind(Flow flow, String privateIdentity, String addressOfRecord, NameAddress contact) {
        FlowToken of = byContact.getOrDefault(ContactKey.of(privateIdentity, contact), flow.token());
        change(of, association -> association.without(addressOfRecord), "its phone has deregistered");
    }

    /** The user has given up his registrations, wherever they are. */
    void unbindAll(String privateIdentity, String addressOfRecord) {
        byFlow.forEach((token, bound) -> {
            if (bound.association.privateIdentity().equals(privateIdentity)) {
                change(token, association -> association.without(addressOfRecord), "its user has deregistered");
            }
        });
    }

    /** The core has ended a registration, whatever flow it is on. */
    void ended(EndedRegistration registration) {
        for (FlowToken token : byFlow.keySet()) {
            change(token, association -> association.without(registration), "the core has ended its registration");
        }
    }

    /**
     * The flow was let in without a registration, for a call for help; when that is over, it is closed like those whose
     * registration is.
     */
    void letIn(Flow flow) {
        byFlow.compute(flow.token(), (token, present) -> {
            if (present == null && flow.open()) {
                lapsed.putIfAbsent(token, new Lapsed(flow, clockMillis.getAsLong()));
            }
            return present;
        });
    }

    /** The flow is gone. */
    void flowClosed(FlowToken token) {
        byFlow.computeIfPresent(token, (key, present) -> {
            forgetContacts(present, null);
            return null;
        });
        lapsed.remove(token);
    }

    /**
     * Ends what has expired, and closes flows whose registration is over and that have not come by another for as long as a new
     * one may take: outside a registration a connection serves nothing but registration (TS 33.203 O.4.2). To be called every
     * few seconds.
     *
     * @param calling whether a call for help is under way on a flow, which stands for as long
     */
    void sweep(Predicate<FlowToken> calling) {
        byFlow.keySet().forEach(this::find);
        long now = clockMillis.getAsLong();
        lapsed.forEach((token, each) -> {
            boolean due = now - each.sinceMillis >= PcscfSettings.registrationSeconds(each.flow.settings()) * 1000L;
            if (calling.test(token)) {
                lapsed.replace(token, each, new Lapsed(each.flow, now));
            } else if (due && lapsed.remove(token, each)) { // or somebody has just registered on it
                each.flow.close("nobody is registered on it any more");
            }
        });
    }

    /** What the flow is bound to then; null when it is bound to nobody any more. */
    private @Nullable Association change(FlowToken token, UnaryOperator<@Nullable Association> change, String why) {
        AtomicReference<@Nullable Bound> ended = new AtomicReference<>();
        Bound now = byFlow.computeIfPresent(token, (key, present) -> {
            Association changed = change.apply(present.association);
            Bound next = changed == null ? null : new Bound(present.flow, changed);
            forgetContacts(present, next);
            ended.set(next == null ? present : null);
            if (next == null && present.flow.open()) {
                lapsed.put(token, new Lapsed(present.flow, clockMillis.getAsLong()));
            }
            return next;
        });
        Bound before = ended.get();
        if (before != null) {
            LOG.info(
                    "flow {} is bound to {} no more: {}",
                    new Object[] {before.flow.id(), before.association.privateIdentity(), why});
        }
        return now == null ? null : now.association;
    }

    /** Within the change of {@link #byFlow} that it belongs to. */
    private void forgetContacts(Bound before, @Nullable Bound now) {
        Set<String> gone = new HashSet<>(before.association.contactKeys());
        if (now != null) {
            gone.removeAll(now.association.contactKeys());
        }
        gone.forEach(key -> byContact.remove(key, before.flow.token()));
    }

    /** How many phones can be found by their Contact. */
    int contacts() {
        return byContact.size();
    }

    /** A flow and what it is bound to. */
    private static final class Bound {
        private final Flow flow;
        private final Association association;

        private Bound(Flow flow, Association association) {
            this.flow = flow;
            this.association = association;
        }
    }

    /** A flow, and since when it is bound to nobody. */
    private static final class Lapsed {
        private final Flow flow;
        private final long sinceMillis;

        private Lapsed(Flow flow, long sinceMillis) {
            this.flow = flow;
            this.sinceMillis = sinceMillis;
        }
    }
}

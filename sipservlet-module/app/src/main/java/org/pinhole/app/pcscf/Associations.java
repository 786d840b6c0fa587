package org.pinhole.app.pcscf;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.pinhole.api.Flow;
import org.pinhole.api.FlowToken;
import org.pinhole.app.chain.NameAddress;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which flow is bound to whom. An association ends with its flow, with its registrations, when the core ends those, or when
 * the same phone registers on another connection. Safe for any thread; bounded by the flows that are open.
 */
final class Associations {
    private static final Logger LOG = LoggerFactory.getLogger(Associations.class);

    private final LongSupplier clockMillis;
    private final Map<FlowToken, Bound> byFlow = new ConcurrentHashMap<>();
    /** By phone, so that its next connection finds the one before. */
    private final Map<String, FlowToken> byContact = new ConcurrentHashMap<>();

    Associations(LongSupplier clockMillis) {
        this.clockMillis = clockMillis;
    }

    /** What the flow is bound to; null when it is bound to nobody. */
    @Nullable
    Association find(@Nullable Flow flow) {
        return flow == null ? null : find(flow.token());
    }

    private @Nullable Association find(FlowToken token) {
        Bound bound = byFlow.get(token);
        Association now = bound == null ? null : bound.association.at(clockMillis.getAsLong());
        if (bound != null && now == null) {
            unbind(bound, "its registration has expired");
        }
        return now;
    }

    /** Whether the flow is bound to this private identity. */
    boolean isBound(Flow flow, String privateIdentity) {
        Association association = find(flow);
        return association != null && association.privateIdentity().equals(privateIdentity);
    }

    /** A registration on this flow; another private identity's is over. */
    Association bind(Flow flow, String privateIdentity, NameAddress contact, Registration registration) {
        String contactKey = ContactKey.of(privateIdentity, contact);
        FlowToken before = byContact.put(contactKey, flow.token());
        Bound older = before == null || before.equals(flow.token()) ? null : byFlow.get(before);
        if (older != null) {
            unbind(older, "its phone has registered on flow " + flow.id());
            older.flow.close("its phone has registered on another connection");
        }
        Bound now = byFlow.compute(flow.token(), (token, present) -> {
            boolean same =
                    present != null && present.association.privateIdentity().equals(privateIdentity);
            return new Bound(
                    flow,
                    contact,
                    same && present != null
                            ? present.association.with(registration)
                            : Association.of(privateIdentity, registration));
        });
        if (!flow.open()) { // it ended while its answer was on the way, and nobody will be told again
            flowClosed(flow.token());
        }
        return now.association;
    }

    /** The phone has given up a registration. */
    void unbind(Flow flow, String addressOfRecord) {
        change(flow.token(), association -> association.without(addressOfRecord), "its phone has deregistered");
    }

    /** The core has ended a registration, whatever flow it is on. */
    void ended(EndedRegistration registration) {
        byFlow.forEach((token, bound) -> {
            boolean concerned = bound.association.find(registration.identity()) != null;
            if (concerned && registration.isAt(bound.contact.uri())) {
                change(
                        token,
                        association -> association.without(registration.identity()),
                        "the core has ended its registration");
            }
        });
    }

    /** The flow is gone. */
    void flowClosed(FlowToken token) {
        Bound bound = byFlow.remove(token);
        if (bound != null) {
            byContact.remove(bound.contactKey(), token);
        }
    }

    private void change(FlowToken token, UnaryOperator<@Nullable Association> change, String why) {
        Bound bound = byFlow.get(token);
        if (bound == null) {
            return;
        }
        Association changed = change.apply(bound.association);
        if (changed == null) {
            unbind(bound, why);
        } else if (changed != bound.association) {
            byFlow.replace(token, bound, new Bound(bound.flow, bound.contact, changed));
        }
    }

    private void unbind(Bound bound, String why) {
        if (byFlow.remove(bound.flow.token(), bound)) {
            byContact.remove(bound.contactKey(), bound.flow.token());
            LOG.info(
                    "flow {} is bound to {} no more: {}",
                    new Object[] {bound.flow.id(), bound.association.privateIdentity(), why});
        }
    }

    /** A flow and what it is bound to; equal to itself only, so that who replaces it has seen it. */
    private static final class Bound {
        private final Flow flow;
        private final NameAddress contact;
        private final Association association;

        private Bound(Flow flow, NameAddress contact, Association association) {
            this.flow = flow;
            this.contact = contact;
            this.association = association;
        }

        private String contactKey() {
            return ContactKey.of(association.privateIdentity(), contact);
        }
    }
}

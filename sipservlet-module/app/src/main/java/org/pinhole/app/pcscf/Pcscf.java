package org.pinhole.app.pcscf;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.pinhole.api.Flow;
import org.pinhole.api.FlowRegistry;
import org.pinhole.app.chain.SipFormatException;
import org.pinhole.app.chain.Step;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The role: its steps in order, over the associations that all connectors share. */
public final class Pcscf {
    private static final Logger LOG = LoggerFactory.getLogger(Pcscf.class);

    private final FlowRegistry flows;
    private final Associations associations;
    private final EmergencyCalls emergencyCalls;
    private final Supplier<String> icids;
    private final LongSupplier clockMillis;
    private volatile RegistrationWatch watch = subject -> {};

    /**
     * The role over these flows.
     *
     * @param icids gives a value that nobody has ever given
     */
    public Pcscf(FlowRegistry flows, Supplier<String> icids, LongSupplier clockMillis) {
        this.flows = flows;
        this.associations = new Associations(clockMillis);
        this.emergencyCalls = new EmergencyCalls(associations);
        this.icids = icids;
        this.clockMillis = clockMillis;
    }

    /** From now on this one asks for the state of registrations. */
    public void watchedBy(RegistrationWatch asker) {
        this.watch = asker;
    }

    /** What a request from a phone goes through, after it is known to come on a flow. */
    public List<Step> steps(PcscfSettings settings) {
        return Collections.unmodifiableList(Arrays.asList(
                new SecurityAgreementStep(settings.emergencyTargets()),
                new AccessNetworkStep(settings.refuses3gppAccess()),
                new ChargingStep(settings.visitedNetwork(), icids),
                new RegistrationStep(settings, associations, subject -> watch.registered(subject), clockMillis),
                new EmergencyStep(settings, associations, emergencyCalls),
                new AssertedIdentityStep(associations),
                new ServiceRouteStep(associations, settings.nextHop(), settings.replacesRoute())));
    }

    /** What a request from the core goes through before it is delivered. */
    public Step terminating() {
        return new TerminatingStep(flows, associations);
    }

    /** The core tells of registrations: the body of a NOTIFY of the reg event. */
    public void told(byte[] reginfo) {
        try {
            RegistrationInfo.endedIn(reginfo).forEach(associations::ended);
        } catch (SipFormatException malformed) {
            LOG.warn("what the core tells of registrations is of no use: {}", malformed.getMessage());
        }
    }

    /** Ends what has expired, flows without a registration included. To be called every few seconds. */
    public void sweep() {
        associations.sweep(emergencyCalls::isUnderWay);
    }

    /** A call between these two ends, each by its tag, was hung up on by one of them. */
    public void hungUp(Flow flow, String callId, String oneTag, String otherTag) {
        emergencyCalls.hungUp(flow, callId, oneTag, otherTag);
    }

    /** The association ends with the flow. */
    public void flowClosed(Flow flow) {
        emergencyCalls.flowClosed(flow.token());
        associations.flowClosed(flow.token());
    }
}

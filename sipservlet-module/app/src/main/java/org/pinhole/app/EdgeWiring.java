package org.pinhole.app;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.LongSupplier;
import javax.servlet.ServletContext;
import javax.servlet.sip.SipFactory;
import org.jspecify.annotations.Nullable;
import org.pinhole.api.Flow;
import org.pinhole.api.FlowListener;
import org.pinhole.api.FlowRegistry;
import org.pinhole.api.memory.MemoryBindingStore;
import org.pinhole.api.spi.BindingStore;
import org.pinhole.api.spi.LostCallPolicy;
import org.pinhole.app.chain.OnceAMinute;
import org.pinhole.app.chain.Reply;
import org.pinhole.app.chain.RequestChain;
import org.pinhole.app.chain.Step;
import org.pinhole.app.chain.StepResult;
import org.pinhole.app.credentials.StoresInOrder;
import org.pinhole.app.digest.DigestRealms;
import org.pinhole.app.digest.DigestState;
import org.pinhole.app.digest.DigestStep;
import org.pinhole.app.digest.Lockout;
import org.pinhole.app.digest.RealmGuard;
import org.pinhole.app.outbound.DeliverStep;
import org.pinhole.app.outbound.EdgeStep;
import org.pinhole.app.outbound.FlowStep;
import org.pinhole.app.outbound.IdentityStep;
import org.pinhole.app.pcscf.Pcscf;
import org.pinhole.app.pcscf.PcscfSettings;
import org.pinhole.app.registrar.RegisterStep;
import org.pinhole.app.registrar.SeenRegistrations;
import org.pinhole.app.turn.KeyLookup;
import org.pinhole.app.turn.TurnServers;
import org.pinhole.app.turn.TurnStep;
import org.pinhole.bridge.Bridge;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Puts the application together: one chain per distinct settings of a connector, over stores and nonces that all share. */
final class EdgeWiring implements FlowListener, AutoCloseable {
    /** The servlet context attribute under which the application's servlets find it. */
    static final String ATTRIBUTE = "org.pinhole.app.EdgeWiring";

    private static final Logger LOG = LoggerFactory.getLogger(EdgeWiring.class);
    private static final long SWEEP_MILLIS = 2000;

    private final LongSupplier clockMillis;
    private final FlowRegistry flows;
    private final SeenRegistrations bindings;
    private final DigestState digestState;
    /** By limits, so that all connectors with the same ones count together: a guess counts, wherever it comes in. */
    private final Map<String, DigestState> digestStates = new ConcurrentHashMap<>();

    private final CredentialStores credentialStores;
    private final FlowStep flowStep;
    private final DeliverStep deliverStep;
    private final Pcscf pcscf;
    private final Periodic pcscfSweep;
    private final RequestChain fromStockConnectors;
    private final Forks forks = new Forks();
    private final StandingCalls calls;
    private final StandingDialogs standingDialogs = new StandingDialogs();
    private final TurnServers turnServers = new TurnServers();
    private final Map<Map<String, String>, RequestChain> chains = new ConcurrentHashMap<>();
    private volatile @Nullable KeyLookup keyLookup;
    private volatile @Nullable ContainerUsers containerUsers;

    EdgeWiring(FlowRegistry flows, BindingStore bindings, LongSupplier clockMillis) {
        this(flows, bindings, Collections.emptyList(), clockMillis);
    }

    private EdgeWiring(
            FlowRegistry flows, BindingStore bindings, List<LostCallPolicy> policies, LongSupplier clockMillis) {
        this.calls = new StandingCalls(policies);
        this.clockMillis = clockMillis;
        this.flows = flows;
        this.bindings = new SeenRegistrations(bindings, clockMillis);
        this.digestState = DigestState.fresh(new Lockout(0, 0, clockMillis), clockMillis);
        this.credentialStores = new CredentialStores(clockMillis);
        this.flowStep = new FlowStep(clockMillis);
        this.deliverStep = new DeliverStep(flows, clockMillis);
        this.pcscf = new Pcscf(flows, () -> UUID.randomUUID().toString(), clockMillis);
        this.pcscfSweep = new Periodic("pinhole-p-cscf", SWEEP_MILLIS, pcscf::sweep);
        this.fromStockConnectors = RequestChain.of(pcscf.terminating(), deliverStep, flowStep);
    }

    /** The wiring of a deployment that has the flow registry. */
    static EdgeWiring of(ServletContext context, LongSupplier clockMillis) {
        FlowRegistry flows = (FlowRegistry) context.getAttribute(FlowRegistry.ATTRIBUTE);
        List<LostCallPolicy> policies = new ArrayList<>();
        ServiceLoader.load(LostCallPolicy.class).forEach(policies::add);
        EdgeWiring wiring = new EdgeWiring(flows, bindingStore(), policies, clockMillis);
        Object settings = context.getAttribute(FlowRegistry.SETTINGS_ATTRIBUTE);
        if (settings instanceof Map) { // absent when wrong: the agent then refuses the deployment itself
            Map<String, String> own = new LinkedHashMap<>();
            ((Map<?, ?>) settings).forEach((name, value) -> own.put(String.valueOf(name), String.valueOf(value)));
            wiring.prepare(own);
        }
        flows.addListener(wiring);
        return wiring;
    }

    /**
     * Makes ready what the application's own settings ask for, so that what is wrong shows before the first request.
     *
     * @throws IllegalArgumentException with a line for the operator
     */
    void prepare(Map<String, String> own) {
        try {
            if (PcscfSettings.areOf(own)) {
                chains.put(own, chain(PcscfSettings.of(own)));
                return;
            }
            AppSettings settings = AppSettings.of(own);
            chains.put(own, chain(settings));
            containerUsers = containerUsers(settings);
            Bridge.verifier(containerUsers);
            if (settings.turn().keysMayBeAsked()) {
                keyLookup = KeyLookup.of(
                        settings.turn(),
                        credentialStores.require(settings.credentials(), settings.query()),
                        bindings::isOver);
            }
        } catch (IllegalArgumentException wrong) {
            close();
            throw wrong;
        }
    }

    private static BindingStore bindingStore() {
        Iterator<BindingStore> plugged = ServiceLoader.load(BindingStore.class).iterator();
        if (!plugged.hasNext()) {
            return MemoryBindingStore.ofThisProcess();
        }
        BindingStore first = plugged.next();
        if (plugged.hasNext()) {
            LOG.warn(
                    "several binding stores are installed, and {} is used; take the others away",
                    first.getClass().getName());
        }
        return first;
    }

    /** The chain for what arrived on this flow; without a flow, the one that delivers to phones and refuses all else. */
    RequestChain chainFor(@Nullable Flow flow) {
        return flow == null ? fromStockConnectors : chains.computeIfAbsent(flow.settings(), this::chain);
    }

    private RequestChain chain(Map<String, String> settings) {
        try {
            return PcscfSettings.areOf(settings) ? chain(PcscfSettings.of(settings)) : chain(AppSettings.of(settings));
        } catch (IllegalArgumentException wrong) {
            LOG.error("{}; every request of this connector is answered 503", wrong.getMessage());
            Step unavailable = exchange -> {
                exchange.reply(Reply.of(503, "Not Configured").with("Retry-After", "60"));
                return StepResult.DONE;
            };
            return RequestChain.of(flowStep, unavailable);
        }
    }

    private RequestChain chain(PcscfSettings settings) {
        List<Step> steps = new ArrayList<>();
        steps.add(flowStep);
        steps.addAll(pcscf.steps(settings));
        pcscfSweep.start();
        LOG.info("serving as P-CSCF of {}", settings);
        return RequestChain.of(steps);
    }

    private RequestChain chain(AppSettings settings) {
        List<Step> steps = new ArrayList<>();
        steps.add(flowStep);
        steps.add(new DigestStep(realms(settings)));
        steps.add(new IdentityStep());
        steps.add(turnStep(settings));
        steps.add(deliverStep);
        if (settings.role() == AppSettings.Role.REGISTRAR) {
            steps.add(new RegisterStep(settings.realms(), bindings, flows, settings.failoverSeconds(), clockMillis));
        }
        steps.add(new EdgeStep(settings.nextHop(), settings.staysOnPath()));
        LOG.info("serving realm {} as {}", String.join(", ", settings.realms()), settings.role());
        return RequestChain.of(steps);
    }

    private DigestRealms realms(AppSettings settings) {
        Function<String, RealmGuard> guardOf = guards(settings);
        List<RealmGuard> guards = new ArrayList<>();
        settings.realms().forEach(realm -> guards.add(guardOf.apply(realm)));
        return DigestRealms.of(guards);
    }

    private ContainerUsers containerUsers(AppSettings settings) {
        return new ContainerUsers(settings.realms().get(0), guards(settings));
    }

    private Function<String, RealmGuard> guards(AppSettings settings) {
        StoresInOrder stores = credentialStores.require(settings.credentials(), settings.query());
        DigestState state = digestState(settings.lockoutFailures(), settings.lockoutSeconds());
        return realm -> new RealmGuard(realm, settings.digest(), stores, state, clockMillis);
    }

    private DigestState digestState(int failures, int seconds) {
        return digestStates.computeIfAbsent(
                failures + "/" + seconds,
                first -> digestState.with(new Lockout(failures, seconds * 1000L, clockMillis)));
    }

    private TurnStep turnStep(AppSettings settings) {
        return settings.turn().offered()
                ? TurnStep.offering(settings.turn(), turnServers, clockMillis)
                : TurnStep.offeringNothing();
    }

    /** Who asks the core for the state of registrations, by requests that this factory makes. */
    RegEventSubscriptions subscriptions(SipFactory factory) {
        RegEventSubscriptions subscriptions = new RegEventSubscriptions(factory, pcscf, clockMillis);
        pcscf.watchedBy(subscriptions);
        return subscriptions;
    }

    /** The requests that await phones' answers. */
    Forks forks() {
        return forks;
    }

    /** The calls that stand. */
    StandingCalls calls() {
        return calls;
    }

    /** One of a call's two ends, each named by its tag, has hung up. */
    void hungUp(Flow phone, String callId, String oneTag, String otherTag) {
        pcscf.hungUp(phone, callId, oneTag, otherTag);
    }

    /** Of what phones ask for and cannot have. */
    OnceAMinute complaint() {
        return new OnceAMinute(clockMillis);
    }

    /** The dialogs that pass and are remembered. */
    StandingDialogs standingDialogs() {
        return standingDialogs;
    }

    /** What answers the TURN server's questions, or null when it may not ask. */
    @Nullable
    KeyLookup keyLookup() {
        return keyLookup;
    }

    /** Ends what runs by itself. */
    @Override
    public void close() {
        flows.removeListener(this);
        if (containerUsers != null) {
            Bridge.verifier(null);
        }
        pcscfSweep.close();
        turnServers.close();
        credentialStores.close();
        bindings.close();
    }

    /** The store last: it may be somebody else's, and fail. */
    @Override
    public void flowClosed(Flow flow, String reason) {
        forks.flowClosed(flow.token());
        pcscf.flowClosed(flow);
        calls.flowClosed(flow);
        bindings.removeFlow(flow.token());
    }
}

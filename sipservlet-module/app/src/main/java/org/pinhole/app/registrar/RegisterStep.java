package org.pinhole.app.registrar;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;
import org.pinhole.api.Flow;
import org.pinhole.api.FlowRegistry;
import org.pinhole.api.FlowToken;
import org.pinhole.api.spi.Binding;
import org.pinhole.api.spi.BindingStore;
import org.pinhole.api.spi.BindingsUnavailableException;
import org.pinhole.app.chain.Exchange;
import org.pinhole.app.chain.Reply;
import org.pinhole.app.chain.SipFormatException;
import org.pinhole.app.chain.SipUri;
import org.pinhole.app.chain.Step;
import org.pinhole.app.chain.StepResult;
import org.pinhole.app.chain.Target;
import org.pinhole.app.chain.TargetSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The registrar and the location service of some domains; requests for elsewhere go on to the next step. */
public final class RegisterStep implements Step {
    private static final Logger LOG = LoggerFactory.getLogger(RegisterStep.class);

    private final Set<String> domains = new LinkedHashSet<>();
    private final BindingStore store;
    private final FlowRegistry flows;
    private final int failoverSeconds;
    private final Registrar registrar;

    /**
     * The registrar of these domains.
     *
     * @param failoverSeconds how long a flow may be silent before the next flow of its phone is tried
     */
    public RegisterStep(
            Collection<String> domains,
            BindingStore store,
            FlowRegistry flows,
            int failoverSeconds,
            LongSupplier clockMillis) {
        domains.forEach(domain -> this.domains.add(domain.toLowerCase(Locale.ROOT)));
        this.store = store;
        this.flows = flows;
        this.failoverSeconds = failoverSeconds;
        this.registrar = new Registrar(store, flows, clockMillis);
    }

    @Override
    public StepResult handle(Exchange exchange) {
        try {
            return exchange.method().equals("REGISTER") ? register(exchange) : route(exchange);
        } catch (SipFormatException malformed) {
            return answer(exchange, Reply.of(400, "Bad Request: " + malformed.getMessage()));
        } catch (BindingsUnavailableException unavailable) {
            LOG.warn("a {} is answered 503: {}", exchange.method(), unavailable.getMessage());
            return answer(exchange, Reply.of(503, "Bindings Unavailable").with("Retry-After", "60"));
        }
    }

    private StepResult register(Exchange exchange) throws BindingsUnavailableException {
        SipUri requestUri = SipUri.parse(exchange.requestUri());
        Flow flow = exchange.requireFlow();
        if (!domains.contains(requestUri.host()) && !isAddressOf(flow, requestUri)) {
            return StepResult.CONTINUE; // RFC 3261 §10.3 step 1
        }
        Registration registration = Registration.of(exchange);
        String addressOfRecord = registration.addressOfRecord();
        if (!domains.contains(addressOfRecord.substring(addressOfRecord.lastIndexOf('@') + 1))) {
            return answer(exchange, Reply.of(404, "To Is Not In Domain " + String.join(" Or ", domains))); // step 5
        }
        Reply reply = registrar.register(registration);
        if (!flow.open()) {
            store.removeFlow(flow.token()); // it died before the binding was there to be dropped
        }
        return answer(exchange, reply);
    }

    private static boolean isAddressOf(Flow flow, SipUri uri) {
        InetSocketAddress local = flow.localAddress();
        return local.getAddress() != null
                && uri.host().equals(local.getAddress().getHostAddress());
    }

    private StepResult route(Exchange exchange) throws BindingsUnavailableException {
        String text = exchange.requestUri();
        if (!text.regionMatches(true, 0, "sip", 0, 3)) {
            return StepResult.CONTINUE; // a tel URI is not ours to resolve
        }
        SipUri requestUri = SipUri.parse(text);
        if (!domains.contains(requestUri.host())) {
            return StepResult.CONTINUE;
        }
        if (requestUri.user() == null) {
            boolean ping = exchange.method().equals("OPTIONS");
            return answer(exchange, ping ? Reply.of(200, "OK") : Reply.of(404, "No User Is Named"));
        }
        TargetSet targets = targets(AddressOfRecord.of(requestUri));
        if (targets.isEmpty()) {
            return answer(exchange, Reply.of(480, "Temporarily Unavailable"));
        }
        exchange.fork(targets);
        return StepResult.DONE;
    }

    /**
     * All phones of the user, for each its flows, the youngest first (RFC 5626 §7). Another flow of a phone is one with another
     * reg-id: of those that are not told apart by it, the youngest is the one that the phone uses now.
     */
    private TargetSet targets(String addressOfRecord) throws BindingsUnavailableException {
        Map<String, List<Target>> phones = new LinkedHashMap<>();
        Set<String> seen = new HashSet<>();
        for (Binding binding : registrar.lookUp(addressOfRecord)) {
            FlowToken token = binding.flow();
            Flow flow = token == null ? null : flows.find(token);
            if (flow == null) {
                continue;
            }
            String instance = binding.instanceId();
            String phone = instance == null ? binding.contactUri() : InstanceId.canonical(instance);
            if (instance == null || seen.add(phone + ' ' + binding.regId())) {
                phones.computeIfAbsent(phone, first -> new ArrayList<>()).add(target(binding, flow));
            }
        }
        return TargetSet.of(new ArrayList<>(phones.values()), failoverSeconds);
    }

    private static Target target(Binding binding, Flow flow) {
        List<String> routes = new ArrayList<>();
        routes.add(flow.uri());
        routes.addAll(binding.path());
        return Target.of(binding.contactUri(), routes, flow.token());
    }

    private static StepResult answer(Exchange exchange, Reply reply) {
        exchange.reply(reply);
        return StepResult.DONE;
    }
}

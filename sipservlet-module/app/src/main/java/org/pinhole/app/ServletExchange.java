package org.pinhole.app;

import java.io.IOException;
import java.io.UnsupportedEncodingException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.ListIterator;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import javax.servlet.sip.Address;
import javax.servlet.sip.Proxy;
import javax.servlet.sip.ServletParseException;
import javax.servlet.sip.SipApplicationSession;
import javax.servlet.sip.SipServletMessage;
import javax.servlet.sip.SipServletRequest;
import javax.servlet.sip.SipServletResponse;
import javax.servlet.sip.SipURI;
import javax.servlet.sip.TooManyHopsException;
import javax.servlet.sip.URI;
import org.jspecify.annotations.Nullable;
import org.pinhole.api.Flow;
import org.pinhole.app.chain.Exchange;
import org.pinhole.app.chain.Identity;
import org.pinhole.app.chain.Onward;
import org.pinhole.app.chain.Reply;
import org.pinhole.app.chain.ResponseEdit;
import org.pinhole.app.chain.SuccessHeader;
import org.pinhole.app.chain.Target;
import org.pinhole.app.chain.TargetSet;
import org.pinhole.bridge.Bridge;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The exchange over a request of the container: the one place where the chain's words become JSR 289 calls. */
final class ServletExchange implements Exchange {
    private static final Logger LOG = LoggerFactory.getLogger(ServletExchange.class);
    private static final List<String> MAKES_A_DIALOG = Arrays.asList("INVITE", "SUBSCRIBE", "REFER");

    private static final byte[] NO_BODY = {};

    private final SipServletRequest request;
    private final @Nullable Flow flow;
    private final Outgoing outgoing;
    private final Map<String, SuccessHeader> onSuccess = new LinkedHashMap<>();
    private final List<ResponseEdit> onResponse = new ArrayList<>();
    private @Nullable Identity identity;

    ServletExchange(SipServletRequest request, @Nullable Flow flow, Outgoing outgoing) {
        this.request = request;
        this.flow = flow;
        this.outgoing = outgoing;
    }

    /** The values of the header fields of that name, topmost first. */
    static List<String> headers(SipServletMessage message, String name) {
        List<String> values = new ArrayList<>();
        ListIterator<String> each = message.getHeaders(name);
        while (each.hasNext()) {
            values.add(each.next());
        }
        return values;
    }

    @Override
    public String method() {
        return request.getMethod();
    }

    @Override
    public String requestUri() {
        return request.getRequestURI().toString();
    }

    @Override
    public List<String> headers(String name) {
        return headers(request, name);
    }

    @Override
    public void removeHeader(String name) {
        request.removeHeader(name);
    }

    @Override
    public void removeHeaders(Predicate<String> names) {
        List<String> present = new ArrayList<>();
        request.getHeaderNames().forEachRemaining(name -> {
            if (names.test(name)) {
                present.add(name);
            }
        });
        present.forEach(request::removeHeader);
    }

    @Override
    public void addHeader(String name, String value) {
        request.addHeader(repeatable(name), value);
    }

    @Override
    public byte[] body() {
        try {
            byte[] octets = request.getRawContent();
            return octets == null ? NO_BODY : octets;
        } catch (IOException unreadable) { // the container never says so
            return NO_BODY;
        }
    }

    @Override
    public @Nullable Flow flow() {
        return flow;
    }

    @Override
    public @Nullable Identity identity() {
        return identity;
    }

    @Override
    public void authenticatedAs(Identity user) {
        this.identity = user;
    }

    @Override
    public void onSuccess(String name, SuccessHeader header) {
        onSuccess.put(name, header);
    }

    @Override
    public void onResponse(ResponseEdit edit) {
        onResponse.add(edit);
    }

    @Override
    public @Nullable String sourceAddress() {
        return request.getInitialRemoteAddr();
    }

    @Override
    public void reply(Reply reply) {
        SipServletResponse response = request.createResponse(reply.status(), reply.reason());
        for (Reply.Header header : reply.headers()) {
            response.addHeader(repeatable(header.name()), header.value());
        }
        addBody(response, reply);
        if (reply.status() / 100 == 2) {
            onSuccess.forEach((name, header) -> {
                String value = header.value(reply::values);
                if (value != null) {
                    response.setHeader(name, value);
                }
            });
        }
        send(response);
        forgetSession();
    }

    private static void addBody(SipServletResponse response, Reply reply) {
        if (reply.body().isEmpty()) {
            return;
        }
        try {
            response.setContent(reply.body(), reply.bodyType());
        } catch (UnsupportedEncodingException impossible) { // no charset is named
            throw new IllegalStateException(impossible);
        }
    }

    /**
     * What is answered here goes no further: its session would stay in memory for minutes, for any stranger's asking. That of
     * an INVITE stays for one, because the container looks for it when the ACK comes, and complains at length without.
     */
    private void forgetSession() {
        SipApplicationSession session = request.getApplicationSession(false);
        if (session == null) {
            return;
        }
        try {
            if (request.getMethod().equals("INVITE")) {
                session.setExpires(1);
            } else {
                session.invalidate();
            }
        } catch (IllegalStateException gone) {
            LOG.debug("the session of a {} was gone already", request.getMethod());
        }
    }

    /**
     * The container takes the header fields of authentication for such that stand once, and overwrites the first challenge
     * with the second; but it compares the name as it is written, and a name's case means nothing (RFC 3261 §7.3.1).
     */
    static String repeatable(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return lower.endsWith("-authenticate") || lower.endsWith("authorization") ? lower : name;
    }

    private void send(SipServletResponse response) {
        try {
            response.send();
        } catch (IOException lost) { // the flow died meanwhile, as any stranger can have it; the phone starts over
            LOG.debug("a {} could not be answered: {}", request.getMethod(), lost.getMessage());
        }
    }

    @Override
    public @Nullable String namedUser() {
        Address popped = request.getPoppedRoute();
        URI uri = popped == null ? null : popped.getURI();
        String user = uri instanceof SipURI ? ((SipURI) uri).getUser() : null;
        URI target = request.getRequestURI();
        return user == null && flow == null && target instanceof SipURI ? ((SipURI) target).getUser() : user;
    }

    @Override
    public void forward(Onward onward) {
        WantedOfAnswers.note(request, onSuccess, onResponse);
        if (identity != null) { // the next application in this container asks for getRemoteUser()
            Bridge.authenticated(request, identity.user(), identity.realm());
        }
        boolean stays = onward.onPath() && MAKES_A_DIALOG.contains(request.getMethod());
        if (stays || onward.towardsPhone()) {
            PhoneSide.remember(request, onward);
            DialogLife.begun(
                    request.getApplicationSession(),
                    onward.phone(),
                    StandingDialogs.userOf(onward.phone(), onward.towardsPhone() ? null : identity, requestUri()),
                    outgoing.standingDialogs());
        }
        Reply onFailure =
                onward.towardsPhone() ? Reply.of(430, "Flow Failed") : Reply.of(500, "Next Hop Not Reachable");
        proxied(
                proxy -> {
                    if (onward.replacesRoute()) {
                        Bridge.dropRoute(request);
                    }
                    List<String> routes = onward.routes();
                    for (int i = routes.size() - 1; i >= 0; i--) {
                        request.pushRoute((SipURI) outgoing.factory().createURI(routes.get(i)));
                    }
                    if (stays) {
                        recordRoute(proxy, onward.phone());
                    }
                    proxy.proxyTo(request.getRequestURI());
                },
                onFailure);
    }

    @Override
    public void fork(TargetSet targets) {
        Reply unreachable = Reply.of(480, "Temporarily Unavailable");
        Flow caller = requireFlow();
        PhoneSide.remember(request, caller, usersOf(targets));
        DialogLife.begun(
                request.getApplicationSession(),
                caller,
                StandingDialogs.userOf(caller, identity, requestUri()),
                outgoing.standingDialogs());
        proxied(
                proxy -> {
                    if (MAKES_A_DIALOG.contains(request.getMethod())) {
                        recordRoute(proxy, caller);
                    }
                    if (!new ServletFork(request, proxy, targets, outgoing).start()) {
                        reply(unreachable);
                    }
                },
                unreachable);
    }

    /** Whom the targets' flows belong to. */
    private Set<String> usersOf(TargetSet targets) {
        Set<String> users = new HashSet<>();
        for (List<Target> phone : targets.phones()) {
            for (Target target : phone) {
                Flow named = outgoing.flows().find(target.flow());
                String user = named == null ? null : named.identity();
                if (user != null) {
                    users.add(user);
                }
            }
        }
        return users;
    }

    private static void recordRoute(Proxy proxy, Flow phone) {
        proxy.setRecordRoute(true);
        DialogPassage.mark(proxy.getRecordRouteURI(), phone);
    }

    private void proxied(ProxyCall call, Reply onFailure) {
        try {
            Proxy proxy = request.getProxy();
            proxy.setSupervised(true);
            proxy.setRecurse(false);
            proxy.setParallel(true);
            proxy.setRecordRoute(false);
            call.on(proxy);
        } catch (TooManyHopsException looped) {
            reply(Reply.of(483, "Too Many Hops"));
        } catch (ServletParseException | IllegalArgumentException unusable) {
            outgoing.cannotBeSent(request.getMethod(), "what it names", String.valueOf(unusable.getMessage()));
            reply(Reply.of(416, "Unsupported URI Scheme"));
        } catch (IllegalStateException notSent) { // so the container says that the next hop's connection failed
            outgoing.cannotBeSent(request.getMethod(), "what it names", String.valueOf(notSent.getMessage()));
            reply(onFailure);
        }
    }

    /** What to do with the container's proxy. */
    private interface ProxyCall {
        void on(Proxy proxy) throws ServletParseException;
    }
}

package org.pinhole.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.servlet.sip.Address;
import javax.servlet.sip.ProxyBranch;
import javax.servlet.sip.SipApplicationSession;
import javax.servlet.sip.SipFactory;
import javax.servlet.sip.SipServletRequest;
import javax.servlet.sip.SipServletResponse;
import javax.servlet.sip.SipURI;
import javax.servlet.sip.TimerService;
import javax.servlet.sip.TooManyHopsException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.pinhole.api.FlowToken;
import org.pinhole.app.chain.OnceAMinute;
import org.pinhole.app.chain.Onward;
import org.pinhole.app.chain.Reply;
import org.pinhole.app.chain.Target;
import org.pinhole.app.chain.TargetSet;

/** What is asked of the container, call by call. */
class ServletExchangeTest {
    private final List<String> calls = new ArrayList<>();
    private final Map<String, Object> attributes = new HashMap<>();
    private String method = "INVITE";
    private @Nullable RuntimeException onStart;
    private final FakeFlows flows = new FakeFlows();
    private boolean looped;
    private String tag = "callers";

    @Test
    @Tag("D-1")
    void theSecondChallengeDoesNotOverwriteTheFirst() {
        exchange()
                .reply(Reply.of(401, "Unauthorized")
                        .with("WWW-Authenticate", "one")
                        .with("WWW-Authenticate", "two"));

        // this container replaces a header field that is spelled exactly "WWW-Authenticate"
        assertThat(calls)
                .containsExactly(
                        "401 Unauthorized",
                        "addHeader www-authenticate one",
                        "addHeader www-authenticate two",
                        "send",
                        "setExpiresSession 1");
    }

    @Test
    void theSessionOfWhatIsRefusedEndsAtOnceButAnInvitesWaitsForItsAck() {
        exchange().reply(Reply.of(407, "Proxy Authentication Required"));
        method = "OPTIONS";
        exchange().reply(Reply.of(407, "Proxy Authentication Required"));

        assertThat(calls).containsSubsequence("setExpiresSession 1", "invalidateSession");
    }

    @Test
    @Tag("D-9")
    void whatIsMeantForSuccessStandsOnOurOwn2xxOnly() {
        ServletExchange exchange = exchange();
        exchange.onSuccess("Authentication-Info", "rspauth");

        exchange.reply(Reply.of(403, "No"));
        exchange.reply(Reply.of(200, "OK"));

        assertThat(calls)
                .containsExactly(
                        "403 No",
                        "send",
                        "setExpiresSession 1",
                        "200 OK",
                        "setHeader Authentication-Info rspauth",
                        "send",
                        "setExpiresSession 1");
    }

    @Test
    @Tag("D-9")
    void whatIsMeantForSuccessStandsOnA2xxThatPassesThrough() {
        ServletExchange exchange = exchange();
        exchange.onSuccess("Authentication-Info", "rspauth");
        exchange.forward(asItSays());
        calls.clear();

        WantedOfAnswers.complete(response());

        assertThat(calls).containsExactly("setHeader Authentication-Info rspauth");
    }

    @Test
    void whatDependsOnTheAnswerIsMadeWhenTheAnswerPasses() {
        ServletExchange exchange = exchange();
        exchange.onSuccess("X-Seen", response -> String.join(" ", response.apply("Contact")));
        exchange.onSuccess("X-Left-Out", response -> null);
        exchange.forward(asItSays());
        calls.clear();

        WantedOfAnswers.complete(response());
        exchange.reply(Reply.of(200, "OK").with("Contact", "<sip:c>"));

        assertThat(calls)
                .containsExactly(
                        "setHeader X-Seen <sip:a> <sip:b>",
                        "200 OK",
                        "addHeader Contact <sip:c>",
                        "setHeader X-Seen <sip:c>",
                        "send",
                        "setExpiresSession 1");
    }

    @Test
    void anAnswerThatPassesIsShownAndChangedAndThoseOfLaterRequestsAreNot() {
        ServletExchange exchange = exchange();
        exchange.onResponse(response -> response.setHeaders("X-Seen", response.headers("Contact")));
        exchange.forward(asItSays());
        calls.clear();

        WantedOfAnswers.passing(response());
        tag = "of the other side";
        WantedOfAnswers.passing(response());

        assertThat(calls)
                .containsExactly("removeHeader X-Seen", "addHeader X-Seen <sip:a>", "addHeader X-Seen <sip:b>");
    }

    @Test
    void anotherRouteTakesThePlaceOfThePhones() {
        exchange().forward(Onward.along(new FakeFlow("f"), Arrays.asList("sip:next@e", "sip:after@e")));

        assertThat(calls)
                .containsSubsequence("pushRoute sip:after@e", "pushRoute sip:next@e", "proxyTo sip:bob@pinhole.test");
    }

    @Test
    void anEdgeProxiesToTheRequestUriWithoutStayingInTheDialog() {
        exchange().forward(asItSays());

        assertThat(calls)
                .contains("setRecordRoute false", "setRecurse false", "setSupervised true")
                .endsWith("proxyTo sip:bob@pinhole.test");
    }

    @Test
    void aForkPushesEachBranchsRouteWithTheNextHopOnTop() {
        exchange().fork(to(Arrays.asList("sip:flow@e", "sip:next@e")));

        assertThat(calls)
                .containsSubsequence("setRecordRoute true", "setParameter pinhole-flow token-callers")
                .endsWith(
                        "createProxyBranches [sip:bob@10.0.0.7]",
                        "setRequestURI sip:bob@10.0.0.7",
                        "pushRoute sip:next@e",
                        "pushRoute sip:flow@e",
                        "startProxy");
    }

    @Test
    @Tag("O-6")
    @Tag("O-8")
    void aDialogThatStaysWithUsHasThePhonesTokenInItsRecordRoute() {
        exchange().forward(Onward.to(new FakeFlow("bobs")));

        assertThat(calls)
                .containsSubsequence(
                        "pushRoute sip:token-bobs@192.0.2.1:443;transport=tls;lr",
                        "setRecordRoute true",
                        "setParameter pinhole-flow token-bobs",
                        "proxyTo sip:bob@pinhole.test");
    }

    @Test
    void aMessageMakesNoDialogToStayIn() {
        method = "MESSAGE";

        exchange().fork(to(Collections.emptyList()));

        assertThat(calls).doesNotContain("setRecordRoute true");
    }

    @Test
    void aFlowThatDiesWhileTheCallIsSentIsNotTheCallersBusiness() {
        onStart = new IllegalStateException("flow closed");

        exchange().fork(to(Collections.emptyList()));

        assertThat(calls).endsWith("480 Temporarily Unavailable", "send", "setExpiresSession 1");
    }

    @Test
    void aLoopIsToldAsSuch() {
        looped = true;

        exchange().forward(asItSays());

        assertThat(calls).endsWith("483 Too Many Hops", "send", "setExpiresSession 1");
    }

    private ServletExchange exchange() {
        SipFactory factory = fake(SipFactory.class, (proxy, called, arguments) -> uri(String.valueOf(arguments[0])));
        TimerService timers = fake(TimerService.class, (proxy, called, arguments) -> record("timer", arguments));
        Outgoing outgoing = new Outgoing(
                factory, timers, new Forks(), new StandingDialogs(), flows, new OnceAMinute(new HandClock()));
        return new ServletExchange(request(), flows.open("callers"), outgoing);
    }

    private static TargetSet to(List<String> routes) {
        Target bob = Target.of("sip:bob@10.0.0.7", routes, FlowToken.of("f"));
        return TargetSet.of(Collections.singletonList(Collections.singletonList(bob)), 4);
    }

    private SipServletRequest request() {
        return fake(SipServletRequest.class, (self, called, arguments) -> {
            switch (called.getName()) {
                case "getMethod":
                    return method;
                case "getRequestURI":
                    return uri("sip:bob@pinhole.test");
                case "getFrom":
                    return address("callers");
                case "getHeader":
                    return null;
                case "createResponse":
                    calls.add(arguments[0] + " " + arguments[1]);
                    return response();
                case "setAttribute":
                    return attributes.put(String.valueOf(arguments[0]), arguments[1]);
                case "getAttribute":
                    return attributes.get(String.valueOf(arguments[0]));
                case "getApplicationSession":
                    return fake(SipApplicationSession.class, (session, operation, given) -> {
                        if (!operation.getName().equals("setAttribute")) {
                            record(operation.getName() + "Session", given);
                        }
                        return operation.getName().equals("setExpires") ? 1 : null;
                    });
                case "getProxy":
                    if (looped) {
                        throw new TooManyHopsException();
                    }
                    return proxy();
                case "getAddressHeaders":
                    return Collections.emptyList().listIterator();
                default:
                    return record(called.getName(), arguments);
            }
        });
    }

    private SipServletResponse response() {
        return fake(SipServletResponse.class, (self, called, arguments) -> {
            switch (called.getName()) {
                case "getProxy":
                    return proxy();
                case "getFrom":
                    return address(tag);
                case "getHeader":
                    return null;
                case "getHeaders":
                    return Arrays.asList("<sip:a>", "<sip:b>").listIterator();
                default:
                    return record(called.getName(), arguments);
            }
        });
    }

    private javax.servlet.sip.Proxy proxy() {
        return fake(javax.servlet.sip.Proxy.class, (self, called, arguments) -> {
            if (called.getName().equals("getOriginalRequest")) {
                return request();
            }
            if (called.getName().equals("getRecordRouteURI")) {
                return fake(SipURI.class, (uri, operation, given) -> record(operation.getName(), given));
            }
            record(called.getName(), arguments);
            if (called.getName().equals("startProxy") && onStart != null) {
                throw onStart;
            }
            return called.getName().equals("createProxyBranches") ? Collections.singletonList(branch()) : null;
        });
    }

    private ProxyBranch branch() {
        return fake(
                ProxyBranch.class,
                (self, called, arguments) -> called.getName().equals("getRequest") ? request() : null);
    }

    private static Address address(String tag) {
        return fake(Address.class, (self, called, arguments) -> tag);
    }

    private static SipURI uri(String text) {
        return fake(SipURI.class, (self, called, arguments) -> text);
    }

    private @Nullable Object record(String call, Object @Nullable [] arguments) {
        StringBuilder line = new StringBuilder(call);
        if (arguments != null) {
            for (Object argument : arguments) {
                line.append(' ').append(argument);
            }
        }
        calls.add(line.toString());
        return null;
    }

    private static <T> T fake(Class<T> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }

    private static Onward asItSays() {
        return Onward.from(new FakeFlow("f"), null, false);
    }
}

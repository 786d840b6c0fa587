package org.pinhole.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.servlet.sip.SipApplicationSession;
import javax.servlet.sip.SipFactory;
import javax.servlet.sip.SipServletRequest;
import javax.servlet.sip.SipServletResponse;
import javax.servlet.sip.SipSession;
import javax.servlet.sip.SipURI;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.pinhole.app.chain.PassingResponse;
import org.pinhole.app.chain.RequestChain;
import org.pinhole.app.chain.Step;
import org.pinhole.app.outbound.FlowStep;
import org.pinhole.app.pcscf.Pcscf;
import org.pinhole.app.pcscf.PcscfSettings;

/** Over a core that answers the SUBSCRIBE and never tells of an end. */
@Tag("P-17")
class RegEventSubscriptionsTest {
    private final HandClock clock = new HandClock();
    private final Pcscf pcscf = new Pcscf(new FakeFlows(), () -> "icid", clock);
    private final RegEventSubscriptions subscriptions = new RegEventSubscriptions(factory(), pcscf, clock);

    @Test
    void whatNobodyRenewsIsForgottenSomeTimeAfterTheRegistration() {
        pcscf.watchedBy(subscriptions);
        register("alice");
        assertThat(subscriptions.kept()).isEqualTo(1);

        clock.advanceSeconds(3600 + 600);
        register("bob");

        assertThat(subscriptions.kept()).isEqualTo(1);
    }

    @Test
    void whoIsAnswered200HasBeenHeard() throws Exception {
        pcscf.watchedBy(subscriptions);
        register("alice");
        List<Integer> answers = new ArrayList<>();
        answers.add(saysSomething("alice"));

        subscriptions.takes(notify(
                "<reginfo xmlns='urn:ietf:params:xml:ns:reginfo' version='0' state='full'>"
                        + "<registration aor='sip:alice@home1.example' id='a' state='terminated'/></reginfo>",
                () -> answers.add(saysSomething("alice"))));

        assertThat(answers).as("before, and at the moment of the 200").containsExactly(0, 403);
    }

    /** What a MESSAGE of a user is answered at once, or 0. */
    private int saysSomething(String user) {
        FakeExchange message = new FakeExchange("MESSAGE", "sip:bob@home1.example", new FakeFlow(user))
                .with("From", "<sip:" + user + "@home1.example>;tag=1");
        chain().handle(message);
        return message.answered() ? message.answer().status() : 0;
    }

    private static SipServletRequest notify(String reginfo, Runnable answered) {
        SipSession session = fake(SipSession.class, (self, called, given) -> "sip:alice@home1.example");
        SipServletResponse ok = fake(SipServletResponse.class, (self, called, given) -> {
            answered.run();
            return null;
        });
        return fake(SipServletRequest.class, (self, called, given) -> {
            switch (called.getName()) {
                case "getMethod":
                    return "NOTIFY";
                case "getSession":
                    return session;
                case "getRawContent":
                    return reginfo.getBytes(StandardCharsets.UTF_8);
                case "createResponse":
                    return ok;
                default:
                    return null;
            }
        });
    }

    private RequestChain chain() {
        Map<String, String> settings = new HashMap<>();
        settings.put("pinhole.p-cscf.visited-network", "visited.example");
        settings.put("pinhole.next-hop", "sip:192.0.2.20;transport=udp");
        List<Step> steps = new ArrayList<>();
        steps.add(new FlowStep(clock));
        steps.addAll(pcscf.steps(PcscfSettings.of(settings)));
        return RequestChain.of(steps);
    }

    private void register(String user) {
        String contact = "<sip:" + user + "@10.1.2.3>";
        FakeExchange register = new FakeExchange("REGISTER", "sip:home1.example", new FakeFlow(user))
                .with("To", "<sip:" + user + "@home1.example>")
                .with("Contact", contact)
                .with("Authorization", "Digest username=\"" + user + "\",response=\"a\"");
        chain().handle(register);
        register.passing(new Ok(contact + ";expires=3600"));
    }

    private static SipFactory factory() {
        SipApplicationSession application = fake(SipApplicationSession.class, (self, called, given) -> 0);
        SipSession session = fake(
                SipSession.class,
                (self, called, given) -> called.getName().equals("getState") ? SipSession.State.CONFIRMED : true);
        SipServletRequest subscribe = fake(SipServletRequest.class, (self, called, given) -> {
            switch (called.getName()) {
                case "getSession":
                    return session;
                case "getApplicationSession":
                    return application;
                default:
                    return null;
            }
        });
        SipURI uri = fake(SipURI.class, (self, called, given) -> "sip:192.0.2.20");
        return fake(SipFactory.class, (self, called, given) -> {
            switch (called.getName()) {
                case "createApplicationSession":
                    return application;
                case "createRequest":
                    return subscribe;
                default:
                    return uri;
            }
        });
    }

    private static <T> T fake(Class<T> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }

    /** A 200 with one Contact. */
    private static final class Ok implements PassingResponse {
        private final String contact;

        Ok(String contact) {
            this.contact = contact;
        }

        @Override
        public int status() {
            return 200;
        }

        @Override
        public List<String> headers(String name) {
            return name.equals("Contact") ? Collections.singletonList(contact) : Collections.emptyList();
        }

        @Override
        public void setHeaders(String name, List<String> values) {
            throw new UnsupportedOperationException(name);
        }
    }
}

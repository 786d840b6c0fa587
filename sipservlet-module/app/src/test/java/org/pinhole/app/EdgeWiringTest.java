package org.pinhole.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Paths;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.pinhole.api.FlowToken;
import org.pinhole.api.memory.MemoryBindingStore;
import org.pinhole.api.spi.Binding;
import org.pinhole.api.spi.BindingStore;
import org.pinhole.app.chain.Target;
import org.pinhole.app.chain.TargetSet;

/** The whole chain, from the wiring, over the users file that the vectors pin. */
class EdgeWiringTest {
    private static final String URI = "sip:pinhole.test";

    private final FakeFlows flows = new FakeFlows();
    private final HandClock clock = new HandClock();
    private final EdgeWiring wiring = new EdgeWiring(flows, new MemoryBindingStore(100, clock), clock);

    @BeforeEach
    void flowsAreWatched() {
        flows.addListener(wiring);
    }

    @Test
    void aRegistrarRegistersAPhoneAndRingsIt() throws Exception {
        FakeFlow bobs = flows.add(new FakeFlow("bobs", settings("registrar")));
        FakeFlow alices = flows.add(new FakeFlow("alices", settings("registrar")));
        Phone bob = new Phone("bob", "builder");

        FakeExchange challenged = run(FakeExchange.register("bob", bobs));
        String challenge = challenged.answer().values("WWW-Authenticate").get(0);
        FakeExchange registered = run(FakeExchange.register("bob", bobs)
                .with("Contact", "<sip:bob@10.0.0.7:5061>")
                .with("Authorization", bob.answer(challenge, "REGISTER", URI, 1)));
        FakeExchange refused = run(new FakeExchange("INVITE", "sip:bob@pinhole.test", alices));
        String toProxy = refused.answer().values("Proxy-Authenticate").get(0);
        FakeExchange call = run(new FakeExchange("INVITE", "sip:bob@pinhole.test", alices)
                .with("Proxy-Authorization", Phone.alice().answer(toProxy, "INVITE", "sip:bob@pinhole.test", 1)));

        assertThat(challenged.answer().status()).isEqualTo(401);
        assertThat(registered.answer().status()).isEqualTo(200);
        assertThat(registered.successHeaders()).containsKey("Authentication-Info");
        assertThat(refused.answer().status()).isEqualTo(407);
        assertThat(call.targets()).extracting(Target::uri).containsExactly("sip:bob@10.0.0.7:5061");
        assertThat(call.targets().get(0).routes()).containsExactly(bobs.uri());
        assertThat(call.headers("P-Asserted-Identity")).containsExactly("<sip:alice@pinhole.test>");
        assertThat(call.headers("Proxy-Authorization")).isEmpty();
    }

    @Test
    @Tag("O-14")
    void whoseFlowDiedIsNotRungAnyMore() throws Exception {
        FakeFlow bobs = flows.add(new FakeFlow("bobs", settings("registrar")));
        Phone bob = new Phone("bob", "builder");
        String challenge = run(FakeExchange.register("bob", bobs))
                .answer()
                .values("WWW-Authenticate")
                .get(0);
        run(FakeExchange.register("bob", bobs)
                .with("Contact", "<sip:bob@10.0.0.7:5061>")
                .with("Authorization", bob.answer(challenge, "REGISTER", URI, 1)));
        FakeFlow next = flows.add(new FakeFlow("next", settings("registrar")));

        flows.kill(bobs);
        String again = run(FakeExchange.register("bob", next))
                .answer()
                .values("WWW-Authenticate")
                .get(0);
        FakeExchange query =
                run(FakeExchange.register("bob", next).with("Authorization", bob.answer(again, "REGISTER", URI, 1)));

        assertThat(query.answer().values("Contact")).isEmpty();
    }

    @Test
    void anEdgeSendsTheAuthenticatedRegisterOn() throws Exception {
        FakeFlow flow = flows.add(new FakeFlow("f", settings("edge")));
        List<String> challenges =
                run(FakeExchange.register("alice", flow)).answer().values("WWW-Authenticate");

        FakeExchange register = run(FakeExchange.register("alice", flow)
                .with("Authorization", Phone.alice().answer(challenges, "REGISTER", URI, 1)));

        assertThat(register.forwarded()).isTrue();
        assertThat(register.answered()).isFalse();
        assertThat(register.successHeaders()).containsKey("Authentication-Info");
    }

    @Test
    @Tag("O-8")
    void anEdgeBeforeARegistrarElsewhereSendsThereAndStaysOnThePathOfDialogs() throws Exception {
        Map<String, String> settings = settings("edge");
        settings.put("pinhole.next-hop", "sip:192.0.2.9:5060;transport=udp");
        FakeFlow flow = flows.add(new FakeFlow("f", settings));
        List<String> challenges =
                run(FakeExchange.register("alice", flow)).answer().values("WWW-Authenticate");

        FakeExchange register = run(FakeExchange.register("alice", flow)
                .with("Authorization", Phone.alice().answer(challenges, "REGISTER", URI, 1)));

        assertThat(register.onward().routes()).containsExactly("sip:192.0.2.9:5060;transport=udp");
        assertThat(register.onward().onPath()).isTrue();
        assertThat(register.onward().towardsPhone()).isFalse();
    }

    @Test
    @Tag("O-6")
    void aRequestOfAStockConnectorThatNamesAFlowGoesThere() {
        FakeFlow flow = flows.add(
                new FakeFlow("f", Collections.singletonMap("pinhole.next-hop", "sip:192.0.2.10;transport=udp")));

        FakeExchange invite = run(new FakeExchange("INVITE", "sip:alice@10.0.0.7", null)
                .naming("token-f")
                .from("192.0.2.10"));

        assertThat(invite.onward().routes()).containsExactly(flow.uri());
    }

    @Test
    void anUnreadableUsersFileIsAnsweredTryLater() {
        Map<String, String> settings = new HashMap<>();
        settings.put("pinhole.digest.realm", "pinhole.test");
        settings.put("pinhole.credentials", "file:/nonexistent/pinhole.users");
        FakeFlow flow = flows.add(new FakeFlow("f", settings));
        String challenge = run(FakeExchange.register("alice", flow))
                .answer()
                .values("WWW-Authenticate")
                .get(0);

        FakeExchange register = run(FakeExchange.register("alice", flow)
                .with("Authorization", Phone.alice().answer(challenge, "REGISTER", URI, 1)));

        assertThat(register.answer().status()).isEqualTo(503);
        assertThat(register.answer().values("Retry-After")).hasSize(1);
    }

    @Test
    void aStoreThatWasInstalledIsAskedByItsScheme() {
        Map<String, String> settings = new HashMap<>();
        settings.put("pinhole.digest.realm", "pinhole.test");
        settings.put("pinhole.credentials", "plugged:wonderland");
        FakeFlow flow = flows.add(new FakeFlow("f", settings));
        String challenge = run(FakeExchange.register("alice", flow))
                .answer()
                .values("WWW-Authenticate")
                .get(0);

        FakeExchange register = run(FakeExchange.register("alice", flow)
                .with("Authorization", Phone.alice().answer(challenge, "REGISTER", URI, 1)));

        assertThat(register.identity()).isNotNull();
        assertThat(register.forwarded()).isTrue();
    }

    @Test
    void settingsThatCannotServeAreAnsweredTryLater() {
        FakeFlow flow = flows.add(new FakeFlow("f"));

        assertThat(run(FakeExchange.register("alice", flow)).answer().status()).isEqualTo(503);
    }

    @Test
    void aRequestOfAStockConnectorIsRefused() {
        FakeExchange stray = FakeExchange.register("alice", null);

        assertThat(run(stray).answer().status()).isEqualTo(403);
    }

    @Test
    void flowsOfOneConnectorShareTheChain() throws Exception {
        assertThat(wiring.chainFor(new FakeFlow("a", settings("edge"))))
                .isSameAs(wiring.chainFor(new FakeFlow("b", settings("edge"))))
                .isNotSameAs(wiring.chainFor(new FakeFlow("c", settings("registrar"))));
    }

    @Test
    @Tag("O-13")
    void aStoreThatFailsKeepsNoCallFromBeingTriedElsewhere() {
        BindingStore failing = new BindingStore() {
            @Override
            public List<Binding> bindings(String addressOfRecord) {
                return Collections.emptyList();
            }

            @Override
            public boolean replace(String addressOfRecord, List<Binding> seen, List<Binding> updated) {
                return true;
            }

            @Override
            public void removeFlow(FlowToken dead) {
                throw new IllegalStateException("its server is gone");
            }
        };
        EdgeWiring beside = new EdgeWiring(flows, failing, clock);
        FakeFlow bobs = flows.open("bobs");
        FakeProxy proxy = new FakeProxy("INVITE");
        Target bob = Target.of("sip:bob@h", Collections.singletonList(bobs.uri()), bobs.token());
        TargetSet targets = TargetSet.of(Collections.singletonList(Collections.singletonList(bob)), 4);
        new ServletFork(proxy.request(), proxy.proxy(), targets, proxy.outgoing(beside.forks())).start();

        assertThatThrownBy(() -> beside.flowClosed(bobs, "test")).hasMessage("its server is gone");

        assertThat(proxy.timers()).containsExactly("1 0");
    }

    private FakeExchange run(FakeExchange exchange) {
        wiring.chainFor(exchange.flow()).handle(exchange);
        return exchange;
    }

    private static Map<String, String> settings(String role) throws Exception {
        Map<String, String> settings = new HashMap<>();
        settings.put("pinhole.role", role);
        settings.put("pinhole.digest.realm", "pinhole.test");
        settings.put(
                "pinhole.credentials",
                "file:"
                        + Paths.get(EdgeWiringTest.class
                                .getResource("/vectors/pinhole.users")
                                .toURI()));
        return settings;
    }
}

package org.pinhole.app.turn;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pinhole.app.FakeExchange;
import org.pinhole.app.FakeFlow;
import org.pinhole.app.HandClock;
import org.pinhole.app.chain.Reply;

@Tag("T-8")
class TurnStepTest {
    private static final String CONTACT = "<sip:alice@10.0.0.7:5061;transport=tls>";

    private final HandClock clock = new HandClock(); // 1800000000 seconds
    private boolean serverIsThere = true;

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    Path folder;

    @SuppressWarnings("NullAway.Init") // set before each test
    private Map<String, String> settings;

    @BeforeEach
    void secretIsWritten() throws IOException {
        settings = Settings.withSecret(
                Files.write(folder.resolve("secret"), "north wind\n".getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void aPhoneThatIsRegisteredIsHandedWhatItNeeds() {
        FakeExchange register = run(register());

        assertThat(register.successHeaders(ok(CONTACT + ";expires=3600")))
                .containsEntry(
                        "P-Pinhole-Turn",
                        "turn;username=\"1800003600:alice\";credential=\"+ZOw4VwHelOXiwLAloCVEYv/YUI=\""
                                + ";realm=\"pinhole.test\";expires=3600"
                                + ";uris=\"turns:192.0.2.1:443?transport=tcp turn:192.0.2.1:80?transport=tcp\"");
    }

    @Test
    void credentialsEndWithTheRegistration() {
        String header = header(ok(CONTACT + ";expires=120"));

        assertThat(header).contains("username=\"1800000120:alice\"").contains(";expires=120;");
    }

    @Test
    void credentialsNeverLastLongerThanConfigured() {
        settings.put("pinhole.turn.credential-seconds", "60");

        assertThat(header(ok(CONTACT + ";expires=3600"))).contains("\"1800000060:alice\"");
    }

    @Test
    void theExpiresFieldHoldsForAContactWithoutOne() {
        assertThat(header(ok(CONTACT).with("Expires", "90"))).contains(";expires=90;");
    }

    @Test
    void aBindingOfAnotherPhoneOfTheUserIsNoneOfThisOne() {
        assertThat(header(ok("<sip:alice@10.0.0.8>;expires=3600"))).isEmpty();
    }

    @Test
    void aDeregistrationIsHandedNothing() {
        assertThat(header(Reply.of(200, "OK"))).isEmpty();
        assertThat(header(ok(CONTACT + ";expires=0"))).isEmpty();
    }

    @Test
    void aQueryIsHandedNothing() {
        FakeExchange query =
                run(FakeExchange.register("alice", new FakeFlow("f")).by("alice"));

        assertThat(query.successHeaders(ok(CONTACT + ";expires=3600"))).isEmpty();
    }

    @Test
    void aMalformedContactFromBehindUsDoesNoHarm() {
        assertThat(header(ok("\"").with("Contact", CONTACT + ";expires=60"))).contains(";expires=60;");
    }

    @Test
    void whileTheServerIsAwayPhonesRegisterWithoutIt() {
        serverIsThere = false;

        assertThat(header(ok(CONTACT + ";expires=3600"))).isEmpty();
    }

    @Test
    void whetherTheServerIsThereIsSeenWhenTheAnswerPasses() {
        FakeExchange register = run(register());
        serverIsThere = false;

        assertThat(register.successHeaders(ok(CONTACT + ";expires=3600"))).isEmpty();
    }

    @Test
    void otherRequestsAreHandedNothing() {
        FakeExchange options = run(new FakeExchange("OPTIONS", "sip:pinhole.test", new FakeFlow("f"))
                .with("Contact", CONTACT)
                .by("alice"));

        assertThat(options.successHeaders(ok(CONTACT + ";expires=3600"))).isEmpty();
    }

    @Test
    void whatThePhonePlantedGoesNoFurtherEvenWhenNothingIsOffered() {
        FakeExchange planted = register().with("P-Pinhole-Turn", "turn;username=\"mallory\"");

        TurnStep.offeringNothing().handle(planted);

        assertThat(planted.headers("P-Pinhole-Turn")).isEmpty();
        assertThat(planted.successHeaders(ok(CONTACT + ";expires=3600"))).isEmpty();
    }

    @Test
    void aUserNameCannotEndTheHeaderField() {
        FakeExchange quoted = run(register().by("a\"b\\c"));
        FakeExchange broken = run(register().by("alice\r\nVia"));

        assertThat(quoted.successHeaders(ok(CONTACT)).get("P-Pinhole-Turn"))
                .contains("username=\"1800003600:a\\\"b\\\\c\";credential=");
        assertThat(broken.successHeaders(ok(CONTACT))).isEmpty();
    }

    private String header(Reply response) {
        return run(register()).successHeaders(response).getOrDefault("P-Pinhole-Turn", "");
    }

    private static FakeExchange register() {
        return FakeExchange.register("alice", new FakeFlow("f"))
                .with("Contact", CONTACT)
                .by("alice");
    }

    private FakeExchange run(FakeExchange exchange) {
        TurnSettings read = TurnSettings.of(settings);
        TurnStep.offering(read, server -> () -> serverIsThere, clock).handle(exchange);
        return exchange;
    }

    private static Reply ok(String contact) {
        return Reply.of(200, "OK").with("Contact", contact);
    }
}

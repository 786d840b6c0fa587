package org.pinhole.suite.demo;

import static org.pinhole.suite.demo.Script.expect;

import java.time.Duration;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.pinhole.ue.digest.Challenge;
import org.pinhole.ue.digest.DigestAlgorithm;
import org.pinhole.ue.sip.Exchange;
import org.pinhole.ue.sip.Registered;
import org.pinhole.ue.sip.SipFailure;

/** One phone registers, pings, and de-registers. */
final class RegistrationScene {
    private final StoryConfig config;
    private final Phone phone;
    private final String who;
    private @Nullable Registered registered;

    RegistrationScene(StoryConfig config, Phone phone, String who) {
        this.config = config;
        this.phone = phone;
        this.who = who;
    }

    String register() throws SipFailure, StepFailed {
        Registered done = phone.agent().register();
        registered = done;
        Exchange exchange = done.exchange();
        String offered =
                exchange.offered().stream().map(Challenge::algorithmName).collect(Collectors.joining(", "));
        DigestAlgorithm used = exchange.algorithm();
        boolean challenged = !exchange.challenged().isEmpty()
                && exchange.challenged().get(0).status() == 401
                && used == DigestAlgorithm.SHA_256;
        String seen = exchange.challenged().isEmpty()
                ? "no 401"
                : "401 offers " + offered + "; used " + (used == null ? "none" : used.token());
        String proof = Boolean.TRUE.equals(exchange.serverProved()) ? ", rspauth right" : "";
        return expect(
                challenged,
                seen + "; " + exchange.response().startLine() + ", expires " + done.expiresSeconds() + proof);
    }

    String keep() throws StepFailed {
        Integer value = registered().keepSeconds();
        String via = registered().exchange().response().headers().require("Via");
        return expect(value != null && value == config.keepSeconds(), "topmost Via: " + via);
    }

    /** O-9, K-13: Flow-Timer needs Require: outbound in the same 200, and equals keep. */
    String flowTimer() throws StepFailed {
        Integer timer = registered().flowTimerSeconds();
        boolean outbound = registered().outbound();
        boolean right = timer == null || (outbound && timer.equals(registered().keepSeconds()));
        return expect(
                right,
                "Require: outbound " + (outbound ? "present" : "absent") + ", Flow-Timer "
                        + (timer == null ? "absent" : timer.toString()));
    }

    String ping() throws SipFailure {
        Duration roundTrip = phone.agent().pingNow();
        return "CRLF CRLF -> CRLF after %.1f ms".formatted(roundTrip.toNanos() / 1e6);
    }

    /** K-7: a 200 that removes the last binding negotiates nothing. */
    String unregister() throws SipFailure, StepFailed {
        Registered gone = phone.agent().unregister();
        Integer value = gone.keepSeconds();
        return expect(
                value == null,
                gone.exchange().response().startLine() + ", keep " + (value == null ? "without value" : "=" + value));
    }

    private Registered registered() throws StepFailed {
        Registered done = registered;
        if (done == null) {
            throw new StepFailed(who + " is not registered");
        }
        return done;
    }
}

package org.pinhole.app.pcscf;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.pinhole.api.Transport;
import org.pinhole.app.chain.Exchange;
import org.pinhole.app.chain.Reply;
import org.pinhole.app.chain.SipFormatException;
import org.pinhole.app.chain.Step;
import org.pinhole.app.chain.StepResult;
import org.pinhole.bridge.EmergencyTargets;

/**
 * RFC 3329 for phones that insist on it; where TLS came before the registration nobody needs it, and we say nothing of it by
 * ourselves (TS 33.203 O.4). Who offers TLS is told {@code Security-Server: tls} with the challenge; who verifies something
 * else than that, or over a connection that is not encrypted, is answered 494. None of it goes on to the core.
 */
final class SecurityAgreementStep implements Step {
    private static final String OPTION = "sec-agree";
    private static final String CLIENT = "Security-Client";
    private static final String SERVER = "Security-Server";
    private static final String VERIFY = "Security-Verify";

    private final EmergencyTargets help;

    /** @param help which is not made to wait for an agreement */
    SecurityAgreementStep(EmergencyTargets help) {
        this.help = help;
    }

    @Override
    public StepResult handle(Exchange exchange) {
        List<String> client = exchange.headers(CLIENT);
        List<String> verify = exchange.headers(VERIFY);
        boolean required = takeOption(exchange, "Require");
        required |= takeOption(exchange, "Proxy-Require");
        for (String name : Arrays.asList(CLIENT, SERVER, VERIFY)) {
            exchange.setHeaders(name, Collections.emptyList());
        }
        boolean asked = required || !client.isEmpty() || !verify.isEmpty();
        if (!asked || help.contain(exchange.requestUri())) {
            return StepResult.CONTINUE;
        }
        if (!isAgreed(exchange, client, verify)) {
            exchange.reply(Reply.of(494, "Security Agreement Required").with(SERVER, SecurityAgreement.SERVER));
            return StepResult.DONE;
        }
        exchange.onResponse(response -> {
            if (response.status() == 401) {
                response.setHeaders(SERVER, Collections.singletonList(SecurityAgreement.SERVER));
            }
        });
        return StepResult.CONTINUE;
    }

    /** Who verifies nothing yet has to offer something that we know, in a REGISTER. */
    private static boolean isAgreed(Exchange exchange, List<String> client, List<String> verify) {
        try {
            return verify.isEmpty()
                    ? exchange.method().equals("REGISTER") && SecurityAgreement.offersTls(client)
                    : exchange.requireFlow().transport() == Transport.TLS && SecurityAgreement.verifies(verify);
        } catch (SipFormatException malformed) {
            return false;
        }
    }

    private static boolean takeOption(Exchange exchange, String name) {
        List<String> options = HeaderValues.of(exchange.headers(name));
        List<String> left = new ArrayList<>(options);
        boolean taken = left.removeIf(OPTION::equalsIgnoreCase);
        if (taken) {
            exchange.setHeaders(name, left);
        }
        return taken;
    }
}

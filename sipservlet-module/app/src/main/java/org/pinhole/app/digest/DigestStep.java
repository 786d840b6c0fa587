package org.pinhole.app.digest;

import java.util.List;
import org.pinhole.api.Flow;
import org.pinhole.app.chain.Exchange;
import org.pinhole.app.chain.Step;
import org.pinhole.app.chain.StepResult;

/**
 * Makes sure of who sent the request: as a registrar would for REGISTER (401), as a proxy for all others (407; RFC 3261
 * §22). ACK and CANCEL cannot be challenged (§22.1) and do not get this far.
 */
public final class DigestStep implements Step {
    private final DigestRealms realms;

    /** Authenticates users of these realms. */
    public DigestStep(DigestRealms realms) {
        this.realms = realms;
    }

    @Override
    public StepResult handle(Exchange exchange) {
        Flow flow = exchange.requireFlow();
        boolean register = exchange.method().equals("REGISTER");
        String field = register ? "Authorization" : "Proxy-Authorization";
        RealmGuard guard = realms.guardOf(exchange);
        DigestSubject subject = subject(exchange, flow);
        Verdict verdict = guard.verify(subject, exchange.headers(field));
        if (verdict.kind() != Verdict.Kind.AUTHENTIC) {
            exchange.reply(guard.refusal(verdict, !register, subject));
            return StepResult.DONE;
        }
        exchange.authenticatedAs(verdict.identity());
        flow.authenticated(verdict.identity().uri());
        if (register) {
            exchange.onSuccess("Authentication-Info", verdict.authenticationInfo());
        } else {
            dropOurCredentials(exchange, field);
        }
        return StepResult.CONTINUE;
    }

    private DigestSubject subject(Exchange exchange, Flow flow) {
        return new DigestSubject(
                exchange.method(),
                exchange::requestUri,
                host -> realms.hosts().contains(host) || host.equals(Source.host(flow.localAddress())),
                exchange::body,
                flow.token().text(),
                source(flow));
    }

    /** An edge before us speaks for all its phones. */
    private static Source source(Flow flow) {
        Source source = Source.of(flow.remoteAddress());
        return flow.isOfAnEdge() ? source.sharedByMany() : source;
    }

    /** Credentials for a realm of ours end here; those for servers further on stay (RFC 3261 §22.3). */
    private void dropOurCredentials(Exchange exchange, String field) {
        List<String> all = exchange.headers(field);
        exchange.removeHeader(field);
        for (String value : all) {
            boolean ours = DigestCredentials.isDigest(value)
                    && realms.has(DigestCredentials.parse(value).realm());
            if (!ours) {
                exchange.addHeader(field, value);
            }
        }
    }
}

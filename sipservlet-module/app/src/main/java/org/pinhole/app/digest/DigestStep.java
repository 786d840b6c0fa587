package org.pinhole.app.digest;

import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.LongSupplier;
import org.pinhole.api.Flow;
import org.pinhole.api.spi.CredentialStore;
import org.pinhole.app.chain.Exchange;
import org.pinhole.app.chain.Reply;
import org.pinhole.app.chain.Step;
import org.pinhole.app.chain.StepResult;

/**
 * Makes sure of who sent the request: as a registrar would for REGISTER (401), as a proxy for all others (407; RFC 3261
 * §22). ACK and CANCEL cannot be challenged (§22.1) and do not get this far.
 */
public final class DigestStep implements Step {
    private static final String RETRY_AFTER_SECONDS = "5";

    private final String realm;
    private final Nonces nonces;
    private final Challenge challenge;
    private final DigestAuthenticator authenticator;

    /** Authenticates users of the realm; algorithms in the server's order of preference. */
    public DigestStep(
            String realm,
            List<DigestAlgorithm> algorithms,
            CredentialStore store,
            Nonces nonces,
            NonceCounts counts,
            LongSupplier clockMillis) {
        this.realm = realm;
        this.nonces = nonces;
        this.challenge = new Challenge(realm, algorithms);
        this.authenticator = new DigestAuthenticator(realm, algorithms, store, nonces, counts, clockMillis);
    }

    @Override
    public StepResult handle(Exchange exchange) {
        Flow flow = exchange.requireFlow();
        boolean register = exchange.method().equals("REGISTER");
        String field = register ? "Authorization" : "Proxy-Authorization";
        DigestSubject subject = new DigestSubject(exchange.method(), exchange.requestUri(), ownHosts(flow));
        Verdict verdict = authenticator.verify(
                subject, exchange.headers(field), flow.token().text());
        switch (verdict.kind()) {
            case AUTHENTIC:
                exchange.authenticatedAs(verdict.identity());
                flow.authenticated(verdict.identity().user());
                if (register) {
                    exchange.onSuccess("Authentication-Info", verdict.detail());
                } else {
                    dropOurCredentials(exchange, field);
                }
                return StepResult.CONTINUE;
            case MALFORMED:
                return answer(exchange, Reply.of(400, "Bad Credentials: " + verdict.detail()));
            case UNAVAILABLE:
                return answer(
                        exchange, Reply.of(503, "Credentials Not Available").with("Retry-After", RETRY_AFTER_SECONDS));
            default:
                boolean stale = verdict.kind() == Verdict.Kind.STALE;
                return answer(
                        exchange,
                        challenged(register, nonces.issue(realm, flow.token().text()), stale));
        }
    }

    private Set<String> ownHosts(Flow flow) {
        InetSocketAddress local = flow.localAddress();
        String address = local.getAddress() == null
                ? local.getHostString()
                : local.getAddress().getHostAddress();
        String host = address.indexOf(':') < 0 ? address : "[" + address + "]";
        return new HashSet<>(Arrays.asList(realm.toLowerCase(Locale.ROOT), host.toLowerCase(Locale.ROOT)));
    }

    private Reply challenged(boolean register, String nonce, boolean stale) {
        Reply reply = register ? Reply.of(401, "Unauthorized") : Reply.of(407, "Proxy Authentication Required");
        for (String header : challenge.headers(nonce, stale)) {
            reply = reply.with(register ? "WWW-Authenticate" : "Proxy-Authenticate", header);
        }
        return reply;
    }

    /** Credentials for our realm end here; those for proxies further on stay (RFC 3261 §22.3). */
    private void dropOurCredentials(Exchange exchange, String field) {
        List<String> all = exchange.headers(field);
        exchange.removeHeader(field);
        for (String value : all) {
            boolean ours = DigestCredentials.isDigest(value)
                    && DigestCredentials.parse(value).realm().equals(realm);
            if (!ours) {
                exchange.addHeader(field, value);
            }
        }
    }

    private static StepResult answer(Exchange exchange, Reply reply) {
        exchange.reply(reply);
        return StepResult.DONE;
    }

    /** A source of nonces under a key of this start. */
    public static Nonces freshNonces(LongSupplier clockMillis) {
        return new Nonces(new SecureRandom(), clockMillis);
    }
}

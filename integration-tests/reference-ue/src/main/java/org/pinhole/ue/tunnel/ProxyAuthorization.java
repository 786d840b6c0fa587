package org.pinhole.ue.tunnel;

import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.pinhole.ue.digest.Challenge;
import org.pinhole.ue.digest.DigestAnswer;
import org.pinhole.ue.digest.DigestClient;
import org.pinhole.ue.digest.DigestRequest;

/**
 * What to answer each 407 of one CONNECT with: schemes that were plugged in, else Digest, else Basic. A password that
 * Digest failed with is not sent in clear after that.
 */
final class ProxyAuthorization {
    /** Kerberos takes two, NTLM three, a stale nonce one more. */
    private static final int MAX_LEGS = 6;

    private final HttpProxy proxy;
    private final HostPort target;
    private final List<ProxyScheme> schemes;
    private final @Nullable DigestClient digest;
    private boolean digestSent;
    private boolean basicSent;
    private int schemeLegs;
    private int legs;

    ProxyAuthorization(HttpProxy proxy, HostPort target, Supplier<String> cnonces) {
        this.proxy = proxy;
        this.target = target;
        this.schemes = proxy.schemes().stream().map(Supplier::get).toList();
        ProxyCredentials credentials = proxy.credentials();
        this.digest = credentials == null ? null : new DigestClient(credentials.digest(), cnonces);
    }

    /** The Proxy-Authorization for the next CONNECT; null when this reply asks for nothing, or for nothing that we have. */
    @Nullable
    String answer(ConnectReply reply) throws TunnelException {
        if (reply.status() != 407 || legs++ >= MAX_LEGS) {
            return null;
        }
        List<HttpChallenge> challenges = HttpChallenge.parse(reply.all("Proxy-Authenticate"));
        String pluggedIn = bySchemes(challenges);
        if (pluggedIn != null) {
            return pluggedIn;
        }
        String digested = byDigest(challenges);
        return digested == null ? byBasic(challenges) : digested;
    }

    private @Nullable String bySchemes(List<HttpChallenge> challenges) throws TunnelException {
        for (ProxyScheme scheme : schemes) {
            for (HttpChallenge challenge : challenges) {
                String token = challenge.is(scheme.name()) ? scheme.answer(proxy.address(), challenge.rest()) : null;
                if (token != null) {
                    schemeLegs++;
                    return scheme.name() + " " + token;
                }
            }
        }
        return null;
    }

    private @Nullable String byDigest(List<HttpChallenge> challenges) {
        List<Challenge> offered = challenges.stream()
                .map(challenge -> Challenge.parse(challenge.toString()))
                .filter(Objects::nonNull)
                .toList();
        boolean refused = digestSent && offered.stream().noneMatch(Challenge::stale);
        if (digest == null || refused || !digest.accept(offered)) {
            return null;
        }
        digestSent = true;
        DigestAnswer answer = digest.answer(DigestRequest.of("CONNECT", target.authority()));
        return answer == null ? null : answer.headerValue();
    }

    private @Nullable String byBasic(List<HttpChallenge> challenges) {
        ProxyCredentials credentials = proxy.credentials();
        boolean offered = challenges.stream().anyMatch(challenge -> challenge.is("Basic"));
        if (credentials == null || !offered || basicSent || digestSent) {
            return null;
        }
        basicSent = true;
        return credentials.basic();
    }

    /** Whether anything was answered with at all. */
    boolean tried() {
        return digestSent || basicSent || schemeLegs > 0;
    }

    /** Whether the next leg only counts on the connection of the last one. */
    boolean boundToConnection() {
        return schemeLegs > 1;
    }
}

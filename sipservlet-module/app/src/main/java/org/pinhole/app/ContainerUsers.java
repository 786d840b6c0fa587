package org.pinhole.app;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.pinhole.app.chain.Identity;
import org.pinhole.app.chain.Reply;
import org.pinhole.app.digest.DigestSubject;
import org.pinhole.app.digest.RealmGuard;
import org.pinhole.app.digest.Source;
import org.pinhole.app.digest.Verdict;
import org.pinhole.bridge.DigestAnswer;
import org.pinhole.bridge.DigestQuestion;
import org.pinhole.bridge.DigestVerifier;

/** Tells users apart for the other applications of the container, with the rules of our own connectors. */
final class ContainerUsers implements DigestVerifier {
    private final String defaultRealm;
    private final Function<String, RealmGuard> newGuard;
    private final Map<String, RealmGuard> guards = new ConcurrentHashMap<>();

    /** The default realm is for applications that name none. */
    ContainerUsers(String defaultRealm, Function<String, RealmGuard> newGuard) {
        this.defaultRealm = defaultRealm;
        this.newGuard = newGuard;
    }

    @Override
    public DigestAnswer verify(DigestQuestion question) {
        String realm = question.realm().isEmpty() ? defaultRealm : question.realm();
        RealmGuard guard = guard(realm);
        DigestSubject subject = subject(question, realm);
        String field = question.proxy() ? "Proxy-Authorization" : "Authorization";
        Verdict verdict = guard.verify(subject, question.headers(field));
        if (verdict.kind() != Verdict.Kind.AUTHENTIC) {
            return refused(guard.refusal(verdict, question.proxy(), subject));
        }
        Identity identity = verdict.identity();
        return DigestAnswer.authentic(identity.user(), identity.realm(), identity.uri());
    }

    /** As many as applications declare. To ask for one that is there takes no lock. */
    private RealmGuard guard(String realm) {
        RealmGuard present = guards.get(realm);
        return present == null ? guards.computeIfAbsent(realm, newGuard) : present;
    }

    /** A nonce is for a flow; where there is none, for an address: a port may change with every request over UDP. */
    private static DigestSubject subject(DigestQuestion question, String realm) {
        Source address = Source.of(question.remoteAddress());
        Source source = question.isByAnEdge() ? address.sharedByMany() : address;
        String flow = question.flowToken();
        return new DigestSubject(
                question.method(),
                question::requestUri,
                host -> host.equalsIgnoreCase(realm) || host.equals(Source.host(question.localAddress())),
                question::body,
                flow == null ? "address " + source : flow,
                source);
    }

    private static DigestAnswer refused(Reply reply) {
        List<String[]> headers = new ArrayList<>();
        reply.headers().forEach(header -> headers.add(new String[] {header.name(), header.value()}));
        return DigestAnswer.refused(reply.status(), reply.reason(), headers);
    }
}

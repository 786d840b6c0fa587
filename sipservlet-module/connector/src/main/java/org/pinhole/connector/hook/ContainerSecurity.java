package org.pinhole.connector.hook;

import gov.nist.javax.sip.message.SIPRequest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.WeakHashMap;
import javax.servlet.sip.SipServletResponse;
import org.apache.catalina.realm.GenericPrincipal;
import org.jspecify.annotations.Nullable;
import org.mobicents.servlet.sip.catalina.CatalinaSipContext;
import org.mobicents.servlet.sip.catalina.security.CatalinaSipPrincipal;
import org.mobicents.servlet.sip.core.SipContext;
import org.mobicents.servlet.sip.message.SipServletMessageImpl;
import org.mobicents.servlet.sip.message.SipServletRequestImpl;
import org.pinhole.api.Flow;
import org.pinhole.bridge.DigestAnswer;
import org.pinhole.bridge.DigestVerifier;
import org.pinhole.connector.transport.Arrivals;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who a request's user is, for every application of the container: whom application pinhole has authenticated, and, where
 * an application declares Digest and {@code pinhole.container-digest} is on, whoever proves it to the same verifier instead of
 * the container's own. Safe for any thread.
 */
final class ContainerSecurity {
    private static final Logger LOG = LoggerFactory.getLogger(ContainerSecurity.class);
    private static final Set<String> NEVER_CHALLENGED =
            // RFC 3261 §22.1; a phone could answer for its PRACK, but what waits for it would time out meanwhile.
            Collections.unmodifiableSet(new HashSet<>(Arrays.asList("ACK", "CANCEL", "PRACK")));

    private final Map<SipContext, Secured> applications = Collections.synchronizedMap(new WeakHashMap<>());
    private final PassedOnUsers passedOn = new PassedOnUsers();
    private final DialogUsers dialogs = new DialogUsers(System::nanoTime);
    private volatile @Nullable DigestVerifier verifier;

    void verifier(@Nullable DigestVerifier present) {
        this.verifier = present;
    }

    /** Application pinhole knows who sent this request, and passes it on. */
    void authenticated(SipServletMessageImpl request, AuthenticatedUser user) {
        notePassedOn(request, user);
    }

    /** From now on this application's users are ours to tell apart. */
    void secure(SipContext context, SipSecurity security, List<String> rolesOfAll) {
        applications.put(context, new Secured(security, rolesOfAll));
    }

    /** No longer. */
    void release(SipContext context) {
        applications.remove(context);
    }

    /** Null when the container is to decide, as if we were not there. */
    @Nullable
    Boolean authorize(SipServletRequestImpl request, @Nullable Flow flow) {
        SipContext context = request.getSipSession().getSipApplicationSession().getSipContext();
        Secured secured = applications.get(context);
        AuthenticatedUser known = knownSender(request);
        Set<String> roles = Collections.emptySet();
        if (known != null) {
            noteDialog(request, known);
            roles = rolesOf(known.user(), context, secured);
            adopt(request, known.user(), roles);
        }
        if (secured == null) {
            return null;
        }
        if (NEVER_CHALLENGED.contains(request.getMethod())) {
            return Boolean.TRUE;
        }
        for (SipSecurity.Constraint constraint :
                secured.security.of(request.getSipSession().getHandler(), request.getMethod())) {
            if (known == null || !isOf(known, secured.security.realm())) {
                DigestAnswer answer = authenticate(constraint, request, flow, secured.security.realm());
                if (!answer.isAuthentic()) {
                    answer(request, answer);
                    return Boolean.FALSE;
                }
                known = new AuthenticatedUser(answer.user(), answer.realm());
                notePassedOn(request, known);
                noteDialog(request, known);
                roles = rolesOf(known.user(), context, secured);
                adopt(request, known.user(), roles);
                assertIdentity(request, answer.uri());
            }
            if (!constraint.admits(roles)) {
                answer(request, DigestAnswer.refused(403, "Not In A Role That May", Collections.emptyList()));
                return Boolean.FALSE;
            }
        }
        return Boolean.TRUE;
    }

    private @Nullable AuthenticatedUser knownSender(SipServletRequestImpl request) {
        SIPRequest message = (SIPRequest) request.getMessage();
        Flow flow = TlsClientChain.isPassedOn(message) ? Arrivals.flowOf(message.getMessageChannel()) : null;
        AuthenticatedUser known = flow == null ? null : passedOn.find(flow, message);
        return known == null ? dialogs.find(RequestFlows.of(request), message) : known;
    }

    /** On another connector than ours nothing is noted. */
    private void notePassedOn(SipServletMessageImpl request, AuthenticatedUser user) {
        if (request.getMessage() instanceof SIPRequest) {
            SIPRequest message = (SIPRequest) request.getMessage();
            Flow flow = Arrivals.flowOf(message.getMessageChannel());
            if (flow != null) {
                passedOn.note(flow, message, user);
            }
        }
    }

    private void noteDialog(SipServletRequestImpl request, AuthenticatedUser user) {
        dialogs.note(RequestFlows.of(request), (SIPRequest) request.getMessage(), user);
    }

    private static boolean isOf(AuthenticatedUser known, String realm) {
        return realm.isEmpty() || known.realm().equals(realm);
    }

    private DigestAnswer authenticate(
            SipSecurity.Constraint constraint, SipServletRequestImpl request, @Nullable Flow flow, String realm) {
        DigestVerifier present = verifier;
        return present == null
                ? DigestAnswer.refused(503, "Application Pinhole Is Not There", Collections.singletonList(new String[] {
                    "Retry-After", "10"
                }))
                : present.verify(new RequestQuestion(request, flow, realm, constraint.proxy()));
    }

    /** The request's, not the session's: what the other side sends within a dialog would be taken for this user's. */
    private static void adopt(SipServletRequestImpl request, String user, Set<String> roles) {
        request.setUserPrincipal(new CatalinaSipPrincipal(new GenericPrincipal(user, null, new ArrayList<>(roles))));
    }

    /** What the application reads there is what was proved, not what the sender wrote (RFC 3325 §5). */
    private static void assertIdentity(SipServletRequestImpl request, String uri) {
        if (!request.getMethod().equals("REGISTER")) {
            request.removeHeader("P-Asserted-Identity");
            request.addHeader("P-Asserted-Identity", "<" + uri + ">");
        }
    }

    private static Set<String> rolesOf(String user, SipContext context, @Nullable Secured secured) {
        Set<String> roles = new HashSet<>();
        if (secured != null) {
            roles.addAll(secured.rolesOfAll);
        }
        if (context instanceof CatalinaSipContext) {
            CatalinaSipContext catalina = (CatalinaSipContext) context;
            boolean matter = catalina.findConstraints().length > 0 || catalina.findSecurityRoles().length > 0;
            if (matter) { // the realm may have to ask a data base
                roles.addAll(RealmRoles.of(catalina.getRealm(), user));
            }
        }
        return roles;
    }

    private static void answer(SipServletRequestImpl request, DigestAnswer answer) {
        SipServletResponse response = request.createResponse(answer.status(), answer.reason());
        for (String[] header : answer.headers()) {
            response.addHeader(repeatable(header[0]), header[1]);
        }
        try {
            response.send();
        } catch (IOException lost) {
            LOG.info("a {} could not be answered: {}", request.getMethod(), lost.getMessage());
        }
        RefusedSession.forget(request);
    }

    /** The container overwrites the first challenge with the second, unless the name is written another way. */
    private static String repeatable(String name) {
        return name.endsWith("-Authenticate") ? name.toLowerCase(Locale.ROOT) : name;
    }

    /** An application whose users are ours to tell apart. */
    private static final class Secured {
        private final SipSecurity security;
        private final List<String> rolesOfAll;

        Secured(SipSecurity security, List<String> rolesOfAll) {
            this.security = security;
            this.rolesOfAll = rolesOfAll;
        }
    }
}

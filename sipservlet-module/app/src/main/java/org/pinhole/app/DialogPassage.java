package org.pinhole.app;

import java.io.IOException;
import java.util.List;
import javax.servlet.sip.Address;
import javax.servlet.sip.ServletParseException;
import javax.servlet.sip.SipFactory;
import javax.servlet.sip.SipServletRequest;
import javax.servlet.sip.SipURI;
import javax.servlet.sip.URI;
import org.jspecify.annotations.Nullable;
import org.pinhole.api.Flow;
import org.pinhole.api.FlowRegistry;
import org.pinhole.api.FlowToken;
import org.pinhole.bridge.Bridge;
import org.pinhole.bridge.NetworkHeaders;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Requests within dialogs on their way past us, in the container's words: the token in our Record-Route, and what {@link
 * PhoneSide} says of it. The container sends each on by itself after the application has seen it, unless it was answered.
 */
final class DialogPassage {
    private static final Logger LOG = LoggerFactory.getLogger(DialogPassage.class);

    /** The parameter of our Record-Route: the container lets an application add those, but no user part (JSR 289 §10.2.5). */
    private static final String TOKEN = "pinhole-flow";

    /** In a token's place it is one that nobody has made. */
    private static final String NOBODY = new String(new char[FlowToken.LENGTH]).replace('\0', 'A');

    private final FlowRegistry flows;
    private final SipFactory factory;

    DialogPassage(FlowRegistry flows, SipFactory factory) {
        this.flows = flows;
        this.factory = factory;
    }

    /** Puts the token of a phone's flow into the Record-Route of a dialog that begins. */
    static void mark(SipURI recordRoute, Flow phone) {
        recordRoute.setParameter(TOKEN, phone.token().text());
    }

    /**
     * Lets a request pass, to the phone on its flow, or refuses it.
     *
     * @return whether it passes
     */
    boolean passes(SipServletRequest request, PhoneSide side) throws IOException {
        Flow arrival = flows.flowOf(request);
        boolean saysToPhone = side.isToPhone(request);
        Passage passage = side.passage(tokenOf(request.getPoppedRoute()), arrival, saysToPhone);
        if (passage.isRefused()) {
            refuse(request, side, passage);
            return false;
        }
        if (passage == Passage.FROM_PHONE) {
            return passesOnItsWay(request, side);
        }
        if (passage == Passage.TO_PHONE) {
            side.ways().toPhone(request, false);
            if (!side.mayAssert(arrival, request.getInitialRemoteAddr())) {
                NetworkHeaders.NAMES.forEach(request::removeHeader);
            }
            request.pushRoute(route(side.phone().uri()));
        }
        return true;
    }

    /** What is right already stays as the phone has written it. */
    private boolean passesOnItsWay(SipServletRequest request, PhoneSide side) throws IOException {
        List<String> way = side.ways().of(request);
        if (way == null) {
            refuse(request, side, Passage.ASTRAY);
            return false;
        }
        if (!DialogWays.isWritten(way, request)) {
            LOG.debug("a {} within a dialog goes by that dialog's way, not by its own Route", request.getMethod());
            Bridge.dropRoute(request);
            for (int i = way.size() - 1; i >= 0; i--) {
                request.pushRoute(route(way.get(i)));
            }
        }
        return true;
    }

    /** Nothing of it goes on: an ACK has no answer, and some of the others would be sent on all the same. */
    private void refuse(SipServletRequest request, PhoneSide side, Passage passage) throws IOException {
        LOG.debug("a {} within a dialog was refused: {}", request.getMethod(), passage);
        Flow phone = side.phone();
        request.pushRoute(route(phone.uri().replace(phone.token().text(), NOBODY)));
        if (!request.getMethod().equals("ACK") && !Bridge.refuse(request, passage.status(), passage.reason())) {
            request.createResponse(passage.status(), passage.reason()).send();
        }
    }

    private SipURI route(String uri) {
        try {
            return (SipURI) factory.createURI(uri);
        } catch (ServletParseException impossible) {
            throw new IllegalStateException(
                    "a URI that was one does not parse: " + impossible.getMessage(), impossible);
        }
    }

    private static @Nullable String tokenOf(@Nullable Address poppedRoute) {
        URI uri = poppedRoute == null ? null : poppedRoute.getURI();
        return uri instanceof SipURI ? ((SipURI) uri).getParameter(TOKEN) : null;
    }
}

package org.pinhole.app;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.ListIterator;
import java.util.Map;
import javax.servlet.sip.Address;
import javax.servlet.sip.ServletParseException;
import javax.servlet.sip.SipServletMessage;
import javax.servlet.sip.SipServletRequest;
import javax.servlet.sip.SipServletResponse;
import javax.servlet.sip.URI;
import org.jspecify.annotations.Nullable;

/**
 * The ways of a phone's dialogs beyond us, as the other side has given them (RFC 3261 §12.1): one for each branch that has
 * answered, by its tag. What the phone says within a dialog goes that way and no other (TS 24.229 5.2.6.3): a Route of its own
 * making would lead past the next hop, to whoever believes this server. Safe for any thread.
 */
final class DialogWays {
    /** More branches than a call is forked to. */
    private static final int MOST = 32;

    private static final List<String> MAKES_A_DIALOG = Arrays.asList("INVITE", "SUBSCRIBE", "REFER");
    private static final List<String> NAMES_A_TARGET =
            Arrays.asList("INVITE", "SUBSCRIBE", "REFER", "UPDATE", "NOTIFY");
    private static final String OUR_SESSION = ";app_id=";
    /** In the container's name of a session, which goes on with that of the application. */
    private static final char SEPARATOR = ';';

    private final Map<String, DialogWay> byFarTag = new HashMap<>(2);

    /** A request passes to the phone: the first of its dialog, or a later one. */
    synchronized void toPhone(SipServletRequest request, boolean initial) {
        String method = request.getMethod();
        boolean first = initial || method.equals("NOTIFY"); // before the answer to its SUBSCRIBE (RFC 6665 §4.4.1)
        String farTag = tag(request.getFrom());
        DialogWay way = first ? enter(farTag) : byFarTag.get(farTag);
        if (way != null) {
            if (first) {
                way.routes(uris(request, "Record-Route"), initial);
            }
            target(way, request);
        }
    }

    /** An answer passes to the phone. */
    synchronized void answered(SipServletResponse answer) {
        int status = answer.getStatus();
        if (status <= 100 || status >= 300) {
            return;
        }
        String farTag = tag(answer.getTo());
        boolean makesDialog = MAKES_A_DIALOG.contains(answer.getMethod());
        DialogWay way = makesDialog ? enter(farTag) : byFarTag.get(farTag);
        if (way != null) {
            if (makesDialog) {
                way.routes(beyond(uris(answer, "Record-Route"), sessionOf(answer)), status >= 200);
            }
            target(way, answer);
        }
    }

    private @Nullable DialogWay enter(String farTag) {
        return byFarTag.size() < MOST
                ? byFarTag.computeIfAbsent(farTag, first -> new DialogWay())
                : byFarTag.get(farTag);
    }

    private static void target(DialogWay way, SipServletMessage message) {
        if (NAMES_A_TARGET.contains(message.getMethod())) {
            for (Address contact : addresses(message, "Contact")) {
                if (!contact.isWildcard()) {
                    way.target(contact.getURI());
                }
            }
        }
    }

    /** Where a request of the phone's goes beyond us, next hop first; null when there is no such dialog, or it leads elsewhere. */
    synchronized @Nullable List<String> of(SipServletRequest request) {
        DialogWay way = byFarTag.get(tag(request.getTo()));
        return way == null || !way.leadsTo(request.getRequestURI()) ? null : way.routes();
    }

    /** Whether the phone has written just that. */
    static boolean isWritten(List<String> way, SipServletRequest request) {
        return onward(uris(request, "Route"), sessionOf(request)).equals(way);
    }

    /**
     * What of a Record-Route is beyond us for the phone that has called.
     *
     * @param recordRoutes as they stand in the answer, the nearest to the other side first
     * @param session what names our own among them
     */
    static List<String> beyond(List<String> recordRoutes, String session) {
        List<String> beyond = new ArrayList<>();
        for (String route : recordRoutes) {
            if (isOf(session, route)) {
                break;
            }
            beyond.add(0, route);
        }
        return beyond;
    }

    /** What of a Route is beyond us: without those that have led to us, of which there may be one for each transport. */
    static List<String> onward(List<String> routes, String session) {
        int ours = 0;
        while (ours < routes.size() && isOf(session, routes.get(ours))) {
            ours++;
        }
        return routes.subList(ours, routes.size());
    }

    /** The container writes the session's name into its Record-Routes, and knows it again by that. */
    private static boolean isOf(String session, String route) {
        int at = route.indexOf(OUR_SESSION);
        if (at < 0) {
            return false;
        }
        String rest = route.substring(at + OUR_SESSION.length());
        int end = rest.indexOf(SEPARATOR);
        String id = end < 0 ? rest : rest.substring(0, end);
        return !id.isEmpty() && session.startsWith(id + SEPARATOR);
    }

    private static List<String> uris(SipServletMessage message, String name) {
        List<String> uris = new ArrayList<>();
        for (Address address : addresses(message, name)) {
            URI uri = address.getURI();
            uris.add(uri.toString());
        }
        return uris;
    }

    private static List<Address> addresses(SipServletMessage message, String name) {
        List<Address> addresses = new ArrayList<>();
        try {
            ListIterator<Address> each = message.getAddressHeaders(name);
            each.forEachRemaining(addresses::add);
        } catch (ServletParseException unreadable) {
            return new ArrayList<>(); // nobody can go by it, either
        }
        return addresses;
    }

    private static String sessionOf(SipServletMessage message) {
        return message.getApplicationSession(false).getId();
    }

    private static String tag(Address address) {
        return String.valueOf(address.getParameter("tag"));
    }
}

package org.pinhole.connector.transport;

import gov.nist.core.HostPort;
import gov.nist.javax.sip.address.SipUri;
import gov.nist.javax.sip.header.AddressParametersHeader;
import gov.nist.javax.sip.header.SIPHeaderList;
import gov.nist.javax.sip.header.Via;
import gov.nist.javax.sip.message.SIPMessage;
import gov.nist.javax.sip.message.SIPRequest;
import java.text.ParseException;
import java.util.List;
import java.util.function.Supplier;
import javax.sip.InvalidArgumentException;
import org.jspecify.annotations.Nullable;

/**
 * What phones are told is this connector, by its public name where it has one; what the container writes is the bound
 * address, or, because it writes the first of its listening points that has the transport, another one of that transport,
 * which a phone may not reach. Put right as a message leaves, put back as one arrives, so that inside nothing is different:
 *
 * <pre>
 *  container  Record-Route: &lt;sip:10.0.0.5:5060;transport=tcp;lr&gt;
 *  phone      Record-Route: &lt;sip:sip.example.com:80;transport=tcp;lr;pinhole-point=1f3a9c02&gt;
 * </pre>
 */
final class PublicNames {
    /** Which listening point a URI to us stood for, when it was not ours. Not its address: that is nobody's business. */
    private static final String POINT = "pinhole-point";

    private final ConnectorAddress address;
    private final Supplier<List<HostPort>> siblings;

    /** @param siblings the container's other listening points of the same transport */
    PublicNames(ConnectorAddress address, Supplier<List<HostPort>> siblings) {
        this.address = address;
        this.siblings = siblings;
    }

    /** Puts our name where the container wrote a listening point's. In place. */
    void leaving(SIPMessage message) throws ParseException {
        Via via = message instanceof SIPRequest ? message.getTopmostVia() : null;
        if (via != null
                && !isToldAlready(via.getHost(), via.getPort())
                && (address.isBound(via.getHost(), via.getPort()) || sibling(via.getHost(), via.getPort()) != null)) {
            rename(via, address.publicHost(), address.publicPort());
        }
        leaving(message.getRecordRouteHeaders());
        leaving(message.getContactHeaders());
    }

    private void leaving(@Nullable SIPHeaderList<? extends AddressParametersHeader> headers) throws ParseException {
        if (headers == null) {
            return;
        }
        for (AddressParametersHeader header : headers) {
            SipUri uri = uriOf(header);
            if (uri != null && !isToldAlready(uri.getHost(), uri.getPort())) {
                leaving(uri);
            }
        }
    }

    private boolean isToldAlready(String host, int port) {
        return !address.hasPublicName() && address.isBound(host, port);
    }

    private void leaving(SipUri uri) throws ParseException {
        if (address.isBound(uri.getHost(), uri.getPort())) {
            rename(uri, address.publicHost(), address.publicPort());
            return;
        }
        boolean sameTransport = address.transportParameter().equalsIgnoreCase(uri.getTransportParam());
        HostPort sibling = sameTransport ? sibling(uri.getHost(), uri.getPort()) : null;
        if (sibling != null) {
            rename(uri, address.publicHost(), address.publicPort());
            uri.setParameter(POINT, markOf(sibling));
        }
    }

    private @Nullable HostPort sibling(String host, int port) {
        for (HostPort point : siblings.get()) {
            if (point.getPort() == port && point.getHost().getHostname().equalsIgnoreCase(host)) {
                return point;
            }
        }
        return null;
    }

    private static String markOf(HostPort point) {
        return Integer.toHexString(point.encode().hashCode());
    }

    /** Takes our name off where a phone gives back what it was told: Via and Record-Route of a response, Routes, a dialog's target. */
    void arrived(SIPMessage message) throws ParseException {
        if (message instanceof SIPRequest) {
            arrived(message.getRouteHeaders());
            Object target = ((SIPRequest) message).getRequestURI();
            if (message.getToTag() != null && target instanceof SipUri) { // a Contact that it was told
                arrivedIfOurs((SipUri) target);
            }
            return;
        }
        Via via = message.getTopmostVia();
        if (via != null && address.isPublic(via.getHost(), via.getPort())) {
            rename(via, address.boundHost(), address.port());
        }
        arrived(message.getRecordRouteHeaders());
    }

    private void arrived(@Nullable SIPHeaderList<? extends AddressParametersHeader> headers) throws ParseException {
        if (headers == null) {
            return;
        }
        for (AddressParametersHeader header : headers) {
            SipUri uri = uriOf(header);
            if (uri != null) {
                arrivedIfOurs(uri);
            }
        }
    }

    private void arrivedIfOurs(SipUri uri) throws ParseException {
        if (address.isSelf(uri.getHost(), uri.getPort())) {
            arrived(uri);
        }
    }

    private void arrived(SipUri uri) throws ParseException {
        String mark = uri.getParameter(POINT);
        uri.removeParameter(POINT);
        rename(uri, address.boundHost(), address.port());
        for (HostPort point : siblings.get()) {
            if (markOf(point).equals(mark)) {
                rename(uri, point.getHost().getHostname(), point.getPort());
            }
        }
    }

    private static @Nullable SipUri uriOf(AddressParametersHeader header) {
        Object uri = header.getAddress() == null ? null : header.getAddress().getURI();
        return uri instanceof SipUri ? (SipUri) uri : null;
    }

    private static void rename(SipUri uri, String host, int port) throws ParseException {
        uri.setHost(host);
        uri.setPort(port);
    }

    private static void rename(Via via, String host, int port) throws ParseException {
        try {
            via.setHost(host);
            via.setPort(port);
        } catch (InvalidArgumentException outOfRange) {
            throw new ParseException("port " + port + ": " + outOfRange.getMessage(), 0);
        }
    }
}

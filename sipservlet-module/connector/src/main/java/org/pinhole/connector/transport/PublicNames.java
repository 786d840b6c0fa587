package org.pinhole.connector.transport;

import gov.nist.javax.sip.address.SipUri;
import gov.nist.javax.sip.header.Contact;
import gov.nist.javax.sip.header.ContactList;
import gov.nist.javax.sip.header.RecordRoute;
import gov.nist.javax.sip.header.RecordRouteList;
import gov.nist.javax.sip.header.Route;
import gov.nist.javax.sip.header.RouteList;
import gov.nist.javax.sip.header.Via;
import gov.nist.javax.sip.message.SIPMessage;
import gov.nist.javax.sip.message.SIPRequest;
import java.text.ParseException;
import javax.sip.InvalidArgumentException;
import org.jspecify.annotations.Nullable;

/**
 * Behind a 1:1 NAT a connector has two names, and each side knows one: phones are told the public one, the container writes
 * and recognises the bound one. Put on as a message leaves, taken off as one arrives, so that inside nothing is different.
 * Does nothing to a connector that has no public name.
 */
final class PublicNames {
    private final ConnectorAddress address;

    PublicNames(ConnectorAddress address) {
        this.address = address;
    }

    /** Puts the public name where the container wrote the bound one. In place. */
    void leaving(SIPMessage message) throws ParseException {
        if (!address.hasPublicName()) {
            return;
        }
        Via via = message instanceof SIPRequest ? message.getTopmostVia() : null;
        if (via != null && address.isBound(via.getHost(), via.getPort())) {
            rename(via, address.publicHost(), address.publicPort());
        }
        RecordRouteList recorded = message.getRecordRouteHeaders();
        if (recorded != null) {
            for (RecordRoute route : recorded) {
                leaving(route.getAddress().getURI());
            }
        }
        ContactList contacts = message.getContactHeaders();
        if (contacts != null) {
            for (Contact contact : contacts) {
                leaving(
                        contact.getAddress() == null
                                ? null
                                : contact.getAddress().getURI());
            }
        }
    }

    private void leaving(@Nullable Object uri) throws ParseException {
        if (uri instanceof SipUri && address.isBound(((SipUri) uri).getHost(), ((SipUri) uri).getPort())) {
            ((SipUri) uri).setHost(address.publicHost());
            ((SipUri) uri).setPort(address.publicPort());
        }
    }

    /** Takes the public name off where a phone gives back what it was told: Via and Record-Route of a response, Routes. */
    void arrived(SIPMessage message) throws ParseException {
        if (!address.hasPublicName()) {
            return;
        }
        Via via = message instanceof SIPRequest ? null : message.getTopmostVia();
        if (via != null && address.isPublic(via.getHost(), via.getPort())) {
            rename(via, address.boundHost(), address.port());
        }
        RecordRouteList recorded = message instanceof SIPRequest ? null : message.getRecordRouteHeaders();
        if (recorded != null) {
            for (RecordRoute route : recorded) {
                arrived(route.getAddress().getURI());
            }
        }
        RouteList routes = message instanceof SIPRequest ? message.getRouteHeaders() : null;
        if (routes != null) {
            for (Route route : routes) {
                arrived(route.getAddress().getURI());
            }
        }
    }

    private void arrived(Object uri) throws ParseException {
        if (uri instanceof SipUri && address.isPublic(((SipUri) uri).getHost(), ((SipUri) uri).getPort())) {
            ((SipUri) uri).setHost(address.boundHost());
            ((SipUri) uri).setPort(address.port());
        }
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

package org.pinhole.connector.transport;

import gov.nist.core.NameValue;
import gov.nist.javax.sip.address.SipUri;
import gov.nist.javax.sip.header.Contact;
import gov.nist.javax.sip.header.ContactList;
import gov.nist.javax.sip.message.SIPMessage;
import gov.nist.javax.sip.message.SIPRequest;
import gov.nist.javax.sip.message.SIPResponse;
import gov.nist.javax.sip.parser.StringMsgParser;
import java.text.ParseException;
import org.jspecify.annotations.Nullable;
import org.pinhole.connector.flow.FlowTable;
import org.pinhole.connector.flow.OpenFlow;

/**
 * {@code pinhole.contact=rewrite}: hands the container a Contact that leads back to the flow it came on, and gives the
 * phone its own again. For registrars that ignore Path; the phone's private address never reaches them.
 *
 * <pre>
 *  phone      Contact: &lt;sip:alice@10.1.2.3:49152;transport=tls&gt;;reg-id=1
 *  container  Contact: &lt;sip:TOKEN@192.0.2.1:443;transport=tls;pinhole-contact=1&gt;;reg-id=1
 * </pre>
 */
final class ContactRewriter {
    /** The parameter that tells a rewritten Contact from any other URI. */
    static final String NUMBER = "pinhole-contact";

    private static final int LONGEST_NUMBER = 9;

    private static final int FIRST_REDIRECTION = 300;

    private final FlowTable flows;
    private final Doorkeeper doorkeeper;

    ContactRewriter(FlowTable flows, Doorkeeper doorkeeper) {
        this.flows = flows;
        this.doorkeeper = doorkeeper;
    }

    /** Whether the Contact is the phone's own: that of a redirection (3xx, and 485) is where else to try. */
    static boolean concerns(SIPMessage message) {
        if (message instanceof SIPResponse) {
            return ((SIPResponse) message).getStatusCode() < FIRST_REDIRECTION;
        }
        return !SIPRequest.ACK.equals(((SIPRequest) message).getMethod());
    }

    /** Rewrites every SIP Contact of a message that came from this flow, in place; they lead to us by way of {@code core}. */
    void arrived(SipFlow flow, SIPMessage message, CoreSide core) throws ParseException {
        ContactList contacts = message.getContactHeaders();
        if (contacts == null) {
            return;
        }
        for (Contact contact : contacts) {
            boolean names = !contact.isWildCard() && contact.getAddress() != null; // a * is no address
            if (names && contact.getAddress().getURI() instanceof SipUri) {
                SipUri own = (SipUri) contact.getAddress().getURI();
                contact.getAddress().setURI(rewritten(flow, own.encode(), own.hasParameter("ob"), core));
            }
        }
    }

    /** @param keepsFlow what the phone asks for by {@code ob} (RFC 5626 §5.3.2), which whoever routes its requests has to see */
    private SipUri rewritten(SipFlow flow, String own, boolean keepsFlow, CoreSide core) throws ParseException {
        if (own.length() > ContactBook.LONGEST_URI) {
            throw new ParseException("Contact URI of more than " + ContactBook.LONGEST_URI + " characters", 0);
        }
        SipUri uri = core.addressOf(flow.token());
        if (keepsFlow) {
            uri.setUriParameter(new NameValue("ob", "", true));
        }
        boolean stranger = doorkeeper.isStranger(flow.identity());
        int capacity = stranger ? ContactBook.CAPACITY_FOR_STRANGERS : ContactBook.CAPACITY;
        uri.setParameter(NUMBER, Integer.toString(flow.contacts().numberOf(own, capacity)));
        return uri;
    }

    /** Puts the phone's own Contact back into the Request-URI of a request that goes to it. In place: pass a copy. */
    void leaving(SIPRequest request) throws ParseException {
        @Nullable String own = original(request.getRequestURI(), null);
        if (own != null) {
            request.setRequestURI(new StringMsgParser().parseSIPUrl(own));
        }
    }

    /**
     * Puts the phones' own Contacts back into the answer to a REGISTER. A 2xx names those that requests will come for: the
     * flow's own are remembered before all others.
     */
    void leaving(SipFlow flow, SIPResponse response) throws ParseException {
        ContactList contacts = response.getContactHeaders();
        boolean register = response.getCSeq() != null
                && SIPRequest.REGISTER.equals(response.getCSeq().getMethod());
        if (!register || contacts == null) {
            return;
        }
        for (Contact contact : contacts) {
            @Nullable
            String own = contact.getAddress() == null
                    ? null
                    : original(contact.getAddress().getURI(), flow);
            if (own != null) {
                if (response.getStatusCode() / 100 == 2) {
                    flow.contacts().bound(own);
                }
                contact.getAddress().setURI(new StringMsgParser().parseSIPUrl(own));
            }
        }
    }

    /**
     * What a rewritten Contact stood for, or null when this is none, or its flow is gone.
     *
     * @param likely whose it is most often: its token is known, and need not be proved
     */
    private @Nullable String original(Object uri, @Nullable SipFlow likely) {
        if (!(uri instanceof SipUri)) {
            return null;
        }
        SipUri rewritten = (SipUri) uri;
        String number = rewritten.getParameter(NUMBER);
        if (rewritten.getUser() == null || number == null || !isNumber(number)) {
            return null;
        }
        @Nullable
        OpenFlow flow =
                likely != null && rewritten.getUser().equals(likely.token().text())
                        ? likely
                        : flows.find(flows.verdict(rewritten.getUser()));
        return flow instanceof SipFlow ? ((SipFlow) flow).contacts().find(Integer.parseInt(number)) : null;
    }

    private static boolean isNumber(String text) {
        return !text.isEmpty()
                && text.length() <= LONGEST_NUMBER
                && text.chars().allMatch(digit -> digit >= '0' && digit <= '9');
    }
}

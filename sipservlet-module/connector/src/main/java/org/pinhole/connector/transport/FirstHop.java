package org.pinhole.connector.transport;

import gov.nist.javax.sip.address.AddressImpl;
import gov.nist.javax.sip.header.Contact;
import gov.nist.javax.sip.header.ContactList;
import gov.nist.javax.sip.header.ims.Path;
import gov.nist.javax.sip.message.SIPRequest;
import gov.nist.javax.sip.parser.StringMsgParser;
import java.text.ParseException;
import java.util.Iterator;
import javax.sip.header.SupportedHeader;
import org.pinhole.api.FlowToken;

/**
 * What the first hop of a REGISTER does (RFC 5626 §5.1): it adds a Path with the token of the flow and, where the phone does
 * outbound, {@code ob}. First is who sees one Via, the phone's own; decided as the message arrives, before any application
 * adds another. The phone's own Path has been taken off before.
 */
final class FirstHop {
    private final EdgeSettings settings;

    FirstHop(EdgeSettings settings) {
        this.settings = settings;
    }

    /** A REGISTER from the phone on this flow. In place. */
    void arrived(FlowToken flow, SIPRequest register, CoreSide core) throws ParseException {
        boolean outbound = doesOutbound(register);
        if (!settings.addsPathAlways() && !(settings.addsPath() && outbound && supports(register))) {
            return;
        }
        boolean first = register.getViaHeaders().size() == 1;
        AddressImpl address = new AddressImpl();
        address.setURI(new StringMsgParser().parseSIPUrl(core.uriOf(flow) + ";lr" + (first && outbound ? ";ob" : "")));
        Path path = new Path();
        path.setAddress(address);
        register.attachHeader(path, false, true);
    }

    private static boolean doesOutbound(SIPRequest register) {
        ContactList contacts = register.getContactHeaders();
        if (contacts != null) {
            for (Contact contact : contacts) {
                if (contact.getParameter("reg-id") != null && contact.getParameter("+sip.instance") != null) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean supports(SIPRequest register) {
        Iterator<?> each = register.getHeaders(SupportedHeader.NAME);
        while (each.hasNext()) {
            String option = ((SupportedHeader) each.next()).getOptionTag();
            if ("path".equalsIgnoreCase(option) || "outbound".equalsIgnoreCase(option)) {
                return true;
            }
        }
        return false;
    }
}

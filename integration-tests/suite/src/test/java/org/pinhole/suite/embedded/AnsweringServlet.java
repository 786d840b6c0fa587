package org.pinhole.suite.embedded;

import java.io.IOException;
import java.util.ListIterator;
import javax.servlet.ServletException;
import javax.servlet.sip.Address;
import javax.servlet.sip.SipServlet;
import javax.servlet.sip.SipServletRequest;
import javax.servlet.sip.SipServletResponse;

/**
 * An application that knows nothing of us: it answers every request with 200 and says from where it came, and a REGISTER with
 * the Contacts it brought and the first Path that it saw.
 */
public class AnsweringServlet extends SipServlet {
    private static final long serialVersionUID = 1L;

    @Override
    protected void doRequest(SipServletRequest request) throws ServletException, IOException {
        if ("ACK".equals(request.getMethod())) {
            return;
        }
        SipServletResponse response = request.createResponse(200);
        response.setHeader("X-Remote", request.getRemoteAddr() + ":" + request.getRemotePort());
        if ("REGISTER".equals(request.getMethod())) {
            if (request.getHeader("Path") != null) {
                response.setHeader("X-Path-Seen", request.getHeader("Path"));
            }
            ListIterator<Address> contacts = request.getAddressHeaders("Contact");
            while (contacts.hasNext()) {
                Address contact = (Address) contacts.next().clone();
                contact.setExpires(request.getExpires());
                response.addAddressHeader("Contact", contact, false);
            }
        }
        response.send();
    }
}

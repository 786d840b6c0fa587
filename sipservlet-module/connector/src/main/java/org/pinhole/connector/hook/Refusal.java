package org.pinhole.connector.hook;

import gov.nist.javax.sip.message.SIPRequest;
import gov.nist.javax.sip.message.SIPResponse;
import javax.sip.InvalidArgumentException;
import javax.sip.ServerTransaction;
import javax.sip.SipException;
import org.mobicents.servlet.sip.message.Servlet3SipServletResponseImpl;
import org.mobicents.servlet.sip.message.SipServletRequestImpl;

/**
 * Our answer to a request within a dialog that is let no further. It goes past the container, which takes a dialog to be over
 * whatever is answered to a BYE, so that anybody could end one by a BYE that is refused; the container is merely shown that
 * there was an answer, and sends nothing on.
 */
final class Refusal extends Servlet3SipServletResponseImpl {
    private static final long serialVersionUID = 1L;

    private Refusal(SIPResponse sent) {
        this.message = sent;
        this.isMessageSent = true;
    }

    /**
     * Answers a request that is being served.
     *
     * @return false when it has no transaction to answer in
     */
    static boolean send(SipServletRequestImpl request, int status, String reason) {
        Object transaction = request.getTransaction();
        if (!(transaction instanceof ServerTransaction)) {
            return false;
        }
        SIPResponse response = ((SIPRequest) request.getMessage()).createResponse(status, reason);
        try {
            ((ServerTransaction) transaction).sendResponse(response);
        } catch (SipException | InvalidArgumentException answered) {
            throw new IllegalStateException(answered);
        }
        request.setResponse(new Refusal(response));
        return true;
    }
}

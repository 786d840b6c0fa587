package org.pinhole.suite.embedded;

import java.io.IOException;
import java.security.cert.X509Certificate;
import javax.servlet.ServletException;
import javax.servlet.sip.SipServlet;
import javax.servlet.sip.SipServletRequest;
import javax.servlet.sip.SipServletResponse;

/**
 * An application that knows nothing of us: it tells a phone whose certificates it has seen on each request, by the attribute
 * of the Servlet specification, and with the BYE of a call, those on its ACK too. A call that asks for it rings for ever; those
 * on its CANCEL are told with every later answer.
 */
public class CertificatesServlet extends SipServlet {
    private static final long serialVersionUID = 1L;
    private static final String CANCEL = "cancel";

    @Override
    protected void doRequest(SipServletRequest request) throws ServletException, IOException {
        String seen = subjects(request);
        if ("ACK".equals(request.getMethod())) {
            request.getSession().setAttribute("ack", seen);
            return;
        }
        if ("CANCEL".equals(request.getMethod())) { // answered by the container
            getServletContext().setAttribute(CANCEL, seen);
            return;
        }
        boolean rings = request.getHeader("X-Ring") != null;
        SipServletResponse response = request.createResponse(rings ? 180 : 200);
        response.setHeader("X-Certificates", seen);
        response.setHeader(
                "X-Certificates-Of-Ack", String.valueOf(request.getSession().getAttribute("ack")));
        response.setHeader(
                "X-Certificates-Of-Cancel", String.valueOf(getServletContext().getAttribute(CANCEL)));
        if ("SUBSCRIBE".equals(request.getMethod())) {
            response.setExpires(60);
        }
        response.send();
    }

    private static String subjects(SipServletRequest request) {
        X509Certificate[] chain = (X509Certificate[]) request.getAttribute("javax.servlet.request.X509Certificate");
        if (chain == null) {
            return "none";
        }
        StringBuilder subjects = new StringBuilder();
        for (X509Certificate certificate : chain) {
            subjects.append(certificate.getSubjectX500Principal()).append(';');
        }
        return subjects.toString();
    }
}

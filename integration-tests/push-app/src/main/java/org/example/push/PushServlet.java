package org.example.push;

import java.io.IOException;
import javax.servlet.ServletContext;
import javax.servlet.ServletException;
import javax.servlet.http.HttpServlet;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;
import javax.servlet.sip.ServletParseException;
import javax.servlet.sip.SipFactory;
import javax.servlet.sip.SipServlet;
import javax.servlet.sip.SipServletRequest;
import javax.servlet.sip.SipURI;
import org.pinhole.api.Flow;

/**
 * {@code POST /push?to=alice&text=…} sends a MESSAGE over every flow on which alice was authenticated; {@code GET /push}
 * says what came of it. A sample: in service, this needs an authentication of its own.
 */
public final class PushServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        String to = request.getParameter("to");
        int pushed = 0;
        for (Flow flow : FlowWatch.registry(getServletContext()).flows()) {
            if (to != null && to.equals(flow.identity())) {
                push(flow, to, request.getParameter("text"));
                pushed++;
            }
        }
        response.setStatus(pushed == 0 ? HttpServletResponse.SC_NOT_FOUND : HttpServletResponse.SC_ACCEPTED);
    }

    /** The one thing to know: the Route names the flow, and the request leaves there or fails. */
    private void push(Flow flow, String to, String text) throws ServletParseException, IOException {
        ServletContext context = getServletContext();
        SipFactory factory = (SipFactory) context.getAttribute(SipServlet.SIP_FACTORY);
        SipServletRequest message = factory.createRequest(
                factory.createApplicationSession(), "MESSAGE", "sip:push@" + to.substring(to.indexOf('@') + 1), to);
        message.setContent(text == null ? "" : text, "text/plain");
        message.pushRoute((SipURI) factory.createURI(flow.uri()));
        message.send();
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setContentType("text/plain");
        Journal journal = (Journal) getServletContext().getAttribute(FlowWatch.JOURNAL);
        for (String line : journal.lines()) {
            response.getWriter().println(line);
        }
    }
}

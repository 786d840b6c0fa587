package org.example.registrar;

import java.io.IOException;
import java.time.Clock;
import java.util.List;
import javax.servlet.ServletException;
import javax.servlet.sip.Proxy;
import javax.servlet.sip.SipFactory;
import javax.servlet.sip.SipServlet;
import javax.servlet.sip.SipServletRequest;
import javax.servlet.sip.SipServletResponse;

/**
 * Registers, and proxies everything else to the newest Contact of the AOR in the Request-URI. It stays on the route of dialogs
 * unless the header X-Record-Route says off.
 */
public class RegistrarServlet extends SipServlet {
    private static final long serialVersionUID = 1L;

    private transient Bindings bindings;
    private transient Registration registration;
    private transient SipFactory factory;

    @Override
    public void init() throws ServletException {
        Clock clock = Clock.systemUTC();
        factory = (SipFactory) getServletContext().getAttribute(SIP_FACTORY);
        bindings = new Bindings(clock);
        registration = new Registration(bindings, factory, clock);
    }

    @Override
    protected void doRequest(SipServletRequest request) throws ServletException, IOException {
        if (!request.isInitial() || isHopByHop(request)) {
            return; // the container's proxy carries what belongs to a dialog, and answers CANCEL
        }
        if (request.getMethod().equals("REGISTER")) {
            registration.handle(request);
        } else {
            route(request);
        }
    }

    private void route(SipServletRequest request) throws ServletException, IOException {
        if (request.getMethod().equals("OPTIONS") && Aor.namesNobody(request.getRequestURI())) {
            request.createResponse(SipServletResponse.SC_OK).send();
            return;
        }
        String aor = Aor.of(request.getRequestURI());
        List<Binding> current = bindings.of(aor);
        if (current.isEmpty()) {
            int status = bindings.knows(aor)
                    ? SipServletResponse.SC_TEMPORARILY_UNAVAILABLE
                    : SipServletResponse.SC_NOT_FOUND;
            request.createResponse(status).send();
            return;
        }
        Proxy proxy = request.getProxy();
        proxy.setRecordRoute(!"off".equals(request.getHeader("X-Record-Route")));
        proxy.setSupervised(true);
        proxy.proxyTo(factory.createURI(current.get(current.size() - 1).uri()));
    }

    private static boolean isHopByHop(SipServletRequest request) {
        return request.getMethod().equals("ACK") || request.getMethod().equals("CANCEL");
    }
}

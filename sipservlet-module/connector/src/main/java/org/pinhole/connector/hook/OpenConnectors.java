package org.pinhole.connector.hook;

import gov.nist.javax.sip.stack.SIPTransactionStack;
import java.io.File;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.mobicents.servlet.sip.SipConnector;
import org.mobicents.servlet.sip.catalina.SipStandardService;
import org.pinhole.bridge.DeploymentRefused;
import org.pinhole.connector.admin.Operations;
import org.pinhole.connector.flow.FlowTable;
import org.pinhole.connector.tls.ServerTls;
import org.pinhole.connector.tls.TlsContexts;
import org.pinhole.connector.transport.Admission;
import org.pinhole.connector.transport.ConnectorAddress;
import org.pinhole.connector.transport.ConnectorSettings;
import org.pinhole.connector.transport.EventLoops;
import org.pinhole.connector.transport.Listener;
import org.pinhole.connector.transport.ProcessorFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The connectors that stand open in the container, and the application for which each was opened. Guarded by itself. */
final class OpenConnectors {
    private static final Logger LOG = LoggerFactory.getLogger(OpenConnectors.class);

    private final FlowTable flows;
    private final Supplier<Admission> admission;
    private final Map<ConnectorAddress, Opened> byAddress = new LinkedHashMap<>();
    private final File folder;
    private final FileUpkeep upkeep;
    private final TokenKeys tokenKeys;
    private EventLoops loops;
    private Operations operations;

    @SuppressWarnings(
            "NullAway.Init") // the event loops and what watches them live from the first connector to the last
    OpenConnectors(
            FlowTable flows, TokenKeys tokenKeys, Supplier<Admission> admission, File folder, FileUpkeep upkeep) {
        this.tokenKeys = tokenKeys;
        this.upkeep = upkeep;
        this.folder = folder;
        this.flows = flows;
        this.admission = admission;
    }

    /**
     * Opens all of a plan's connectors, or none.
     *
     * @throws DeploymentRefused with the reason: the port is taken, forbidden, or another application's
     */
    @SuppressWarnings("JavaUtilDate") // java.security.cert knows no other type
    synchronized void open(ConnectorPlan plan, SipStandardService service) {
        try {
            for (ConnectorSettings connector : plan.connectors()) {
                open(plan.application(), connector, service);
            }
            ServerTls tls = plan.tls();
            if (tls != null) {
                upkeep.watch(plan.application(), now -> tls.refresh(Date.from(now)));
            }
        } catch (RuntimeException | LinkageError refusal) { // DeploymentRefused above all
            close(plan.application());
            throw refusal;
        }
    }

    private void open(String application, ConnectorSettings settings, SipStandardService service) {
        ConnectorAddress address = settings.address();
        Opened present = byAddress.get(address);
        if (present != null) {
            throw refusal(application, address, "application " + present.application + " has it already");
        }
        tokenKeys.open(application, settings.all(), Instant.now());
        if (byAddress.isEmpty()) {
            loops = new EventLoops();
            operations = new Operations(loops, folder);
        }
        Listener listener;
        try {
            listener = Listener.bind(settings, flows, loops, admission);
        } catch (IOException taken) {
            closeIdleLoops();
            throw refusal(application, address, String.valueOf(taken.getMessage()));
        }
        Opened opened = new Opened(application, listener, service);
        byAddress.put(address, opened);
        opened.addToService(flows);
        operations.opened(application, listener);
        LOG.info(
                "connector {} opened for application {} ({}, {})",
                new Object[] {address, application, loops, settings.isSecure() ? TlsContexts.engine() : "no TLS"});
    }

    private static DeploymentRefused refusal(String application, ConnectorAddress address, String reason) {
        return new DeploymentRefused(application + ": " + Parameter.CONNECTOR.key() + "=" + address
                + ": cannot listen there: " + reason
                + "; free the port, give the right to bind it, or choose another");
    }

    /** Closes what was opened for an application. Returns when the ports are free. */
    synchronized void close(String application) {
        upkeep.forget(application);
        List<ConnectorAddress> closing = new ArrayList<>();
        byAddress.forEach((address, opened) -> {
            if (opened.application.equals(application)) {
                closing.add(address);
            }
        });
        for (ConnectorAddress address : closing) {
            Opened opened = byAddress.remove(address);
            if (opened != null) {
                opened.removeFromService();
                operations.closed(opened.listener);
                LOG.info("connector {} closed: application {} is gone", address, application);
            }
        }
        if (!closing.isEmpty()) {
            closeIdleLoops();
        }
    }

    private void closeIdleLoops() {
        if (byAddress.isEmpty()) {
            operations.close();
            loops.close();
            tokenKeys.close();
        }
    }

    /** One connector that stands open. */
    private static final class Opened {
        private final String application;
        private final Listener listener;
        private final SipStandardService service;

        Opened(String application, Listener listener, SipStandardService service) {
            this.application = application;
            this.listener = listener;
            this.service = service;
        }

        void addToService(FlowTable flows) {
            ProcessorFactory factory = ProcessorFactory.installIn((SIPTransactionStack) service.getSipStack(), flows);
            factory.offer(listener);
            String reason = "the container refused the connector; its log says why";
            try {
                SipConnector connector = new SipConnector();
                connector.setIpAddress(host());
                connector.setPort(address().port());
                connector.setTransport(transport());
                if (service.addSipConnector(connector)) {
                    for (String name : ownNames()) {
                        service.getSipApplicationDispatcher().addHostName(name);
                    }
                    return;
                }
            } catch (Exception refused) { // the container's own method declares it
                reason = "the container refused the connector: " + refused.getMessage();
            } finally {
                factory.withdraw(listener);
            }
            throw refusal(application, address(), reason);
        }

        void removeFromService() {
            try {
                for (String name : ownNames()) {
                    service.getSipApplicationDispatcher().removeHostName(name);
                }
                service.removeSipConnector(host(), address().port(), transport());
            } catch (Exception fault) { // the container's own method declares it; the port must close all the same
                LOG.warn("the container could not remove connector " + address() + ": " + fault.getMessage());
            }
            listener.close();
        }

        private ConnectorAddress address() {
            return listener.settings().address();
        }

        /**
         * What the container must take for itself in a Via or Route. It knows its listening points, but takes any port
         * below 1024 for 5061 when it looks them up: without this name, nothing that comes back to port 443 is its own.
         */
        private Set<String> ownNames() {
            Set<String> names = new LinkedHashSet<>();
            addNames(names, host(), address().port());
            addNames(names, address().publicHost(), address().publicPort());
            return names;
        }

        private static void addNames(Set<String> names, String host, int port) {
            names.add(host + ':' + port);
            if (host.indexOf(':') >= 0) {
                names.add('[' + host + "]:" + port);
            }
        }

        private String transport() {
            return address().transport().name();
        }

        private String host() {
            return address().stackAddress().getHostAddress();
        }
    }
}

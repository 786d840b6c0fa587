package org.pinhole.connector.hook;

import gov.nist.javax.sip.ListeningPointImpl;
import gov.nist.javax.sip.message.SIPRequest;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Date;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.function.Function;
import javax.servlet.ServletContext;
import javax.servlet.sip.SipServletRequest;
import javax.sip.SipListener;
import javax.sip.SipStack;
import javax.sip.TransactionTerminatedEvent;
import javax.sip.address.Hop;
import javax.sip.header.RouteHeader;
import org.apache.catalina.Lifecycle;
import org.apache.catalina.LifecycleException;
import org.jspecify.annotations.Nullable;
import org.mobicents.servlet.sip.catalina.SipStandardService;
import org.mobicents.servlet.sip.core.SipApplicationDispatcher;
import org.mobicents.servlet.sip.core.SipApplicationDispatcherImpl;
import org.mobicents.servlet.sip.core.SipContext;
import org.mobicents.servlet.sip.message.SipServletMessageImpl;
import org.mobicents.servlet.sip.message.SipServletRequestImpl;
import org.pinhole.api.FlowRegistry;
import org.pinhole.bridge.ContainerHooks;
import org.pinhole.bridge.DeploymentRefused;
import org.pinhole.bridge.DigestVerifier;
import org.pinhole.connector.flow.FlowTable;
import org.pinhole.connector.flow.FlowTokenCodec;
import org.pinhole.connector.transport.Admission;
import org.pinhole.connector.transport.Afterwards;
import org.pinhole.connector.transport.Arrivals;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the container tells us, put to use. Made by the agent, by name, in the connector's class loader. Its lock is held
 * while connectors open and close, never while a message passes.
 */
public final class ConnectorHooks implements ContainerHooks {
    private static final Logger LOG = LoggerFactory.getLogger(ConnectorHooks.class);

    private final ContainerFiles files = ContainerFiles.ofThisContainer();
    private final FileUpkeep upkeep = new FileUpkeep();
    private final TokenKeys tokenKeys = new TokenKeys(upkeep);
    private final FlowTable flows = new FlowTable(new FlowTokenCodec(tokenKeys), RequestFlows::of);
    private final OpenConnectors connectors =
            new OpenConnectors(flows, tokenKeys, this::admission, files.ownFolder(), upkeep);
    /** Plans of applications that were deployed before the service started. */
    private final Map<SipContext, ConnectorPlan> waiting = new LinkedHashMap<>();

    private final ContainerSecurity security = new ContainerSecurity();

    private @Nullable SipStandardService startedService;
    private volatile @Nullable SipApplicationDispatcher knownDispatcher;
    /** Once phones have been authenticated here, nothing passes unauthenticated until the container is restarted. */
    private volatile boolean authenticates;

    @Override
    public void applicationStarting(Object context) {
        ServletContext servletContext = ((SipContext) context).getServletContext();
        servletContext.setAttribute(FlowRegistry.ATTRIBUTE, flows);
        publishSettings((SipContext) context, servletContext);
    }

    /** For code without a flow. Wrong settings are refused when the application is added, a moment later. */
    private void publishSettings(SipContext context, ServletContext servletContext) {
        String application = context.getApplicationName();
        Map<String, String> descriptor = pinholeParameters(servletContext);
        servletContext.removeAttribute(FlowRegistry.SETTINGS_ATTRIBUTE); // of a start before this one
        try {
            Properties file = files.properties();
            if (application != null && Settings.enabled(application, descriptor, file)) {
                Settings given = Settings.of(application, descriptor, file, System.getProperties());
                Settings settings = ConnectorPlan.completed(given, files);
                TurnSecrets.require(application, settings);
                servletContext.setAttribute(FlowRegistry.SETTINGS_ATTRIBUTE, settings.asMap());
            }
        } catch (DeploymentRefused later) {
            LOG.debug("settings of {} are not published: {}", application, later.getMessage());
        }
    }

    @Override
    @SuppressWarnings("JavaUtilDate") // java.security.cert knows no other type
    public synchronized void applicationAdding(Object dispatcher, Object sipContext) {
        SipContext context = (SipContext) sipContext;
        knownDispatcher = (SipApplicationDispatcher) dispatcher;
        PinholeFirst.wrapRouterOf((SipApplicationDispatcherImpl) dispatcher, flows);
        String application = context.getApplicationName();
        if (PinholeFirst.APPLICATION.equals(application)) {
            authenticates = true;
        }
        Map<String, String> descriptor = pinholeParameters(context.getServletContext());
        ConnectorPlan plan;
        try {
            Properties file = descriptor.isEmpty() ? files.propertiesOrNone() : files.properties();
            secure(context, descriptor, file);
            if (application == null || !Settings.enabled(application, descriptor, file)) {
                return;
            }
            Settings settings = Settings.of(application, descriptor, file, System.getProperties());
            plan = ConnectorPlan.of(application, settings, files, new Date());
            if (startedService != null) {
                connectors.open(plan, startedService);
            } else {
                waiting.put(context, plan);
            }
        } catch (DeploymentRefused refusal) {
            LOG.error(refusal.getMessage());
            throw refusal;
        } catch (RuntimeException fault) { // a deployment without its connector would be a surprise
            LOG.error("application " + application + " cannot be given its connector", fault);
            throw new DeploymentRefused(application + ": " + fault);
        }
    }

    /** Where an application declares Digest, and the operator wants it done by us. */
    private void secure(SipContext context, Map<String, String> descriptor, Properties file) {
        security.release(context);
        String application = String.valueOf(context.getApplicationName());
        Function<Parameter, String> setting =
                parameter -> Settings.one(parameter, application, descriptor, file, System.getProperties());
        if (!"on".equals(setting.apply(Parameter.CONTAINER_DIGEST))) {
            return;
        }
        try (InputStream sipXml = context.getServletContext().getResourceAsStream("/WEB-INF/sip.xml")) {
            SipSecurity declared = sipXml == null ? null : SipSecurity.parse(sipXml);
            if (declared != null) {
                security.secure(context, declared, Settings.list(setting.apply(Parameter.CONTAINER_DIGEST_ROLES)));
                LOG.info("users of {} are authenticated by application pinhole", application);
            }
        } catch (IOException unreadable) {
            throw new DeploymentRefused(application + ": " + Parameter.CONTAINER_DIGEST.key() + "=on: "
                    + unreadable.getMessage() + "; its security constraints cannot be kept");
        }
    }

    private Admission admission() {
        if (!authenticates) {
            return Admission.OPEN;
        }
        SipApplicationDispatcher dispatcher = knownDispatcher;
        boolean present = dispatcher != null && dispatcher.findSipApplication(PinholeFirst.APPLICATION) != null;
        return present ? Admission.AUTHENTICATED : Admission.CLOSED;
    }

    private static Map<String, String> pinholeParameters(ServletContext context) {
        Map<String, String> parameters = new LinkedHashMap<>();
        for (String name : Collections.list(context.getInitParameterNames())) {
            if (name.startsWith(Parameter.PREFIX)) {
                parameters.put(name, context.getInitParameter(name));
            }
        }
        return parameters;
    }

    @Override
    public synchronized void applicationRemoved(Object dispatcher, String applicationName) {
        waiting.keySet().removeIf(context -> applicationName.equals(context.getApplicationName()));
        connectors.close(applicationName);
    }

    @Override
    public void serviceStarted(Object service) {
        List<SipContext> failed = new ArrayList<>();
        synchronized (this) {
            startedService = (SipStandardService) service;
            PinholeFirst.wrapRouterOf(
                    (SipApplicationDispatcherImpl) startedService.getSipApplicationDispatcher(), flows);
            waiting.forEach((context, plan) -> {
                try {
                    connectors.open(plan, startedService);
                } catch (DeploymentRefused refusal) {
                    LOG.error("{}. The application is stopped, the container goes on.", refusal.getMessage());
                    failed.add(context);
                } catch (RuntimeException | LinkageError fault) { // the others are to have theirs
                    LOG.error(
                            "application " + plan.application() + " cannot be given its connector, and is stopped",
                            fault);
                    failed.add(context);
                }
            });
            waiting.clear();
        }
        failed.forEach(ConnectorHooks::stop);
    }

    private static void stop(SipContext context) {
        try {
            ((Lifecycle) context).stop();
        } catch (LifecycleException fault) {
            LOG.error("application " + context.getApplicationName() + " could not be stopped", fault);
        }
    }

    @Override
    public boolean isPassedOn(Object request) {
        return request instanceof SIPRequest
                ? TlsClientChain.isPassedOn((SIPRequest) request)
                : RequestFlows.isPassedOn(request);
    }

    @Override
    public void requestArrived(Object request) {
        TlsClientChain.putOn((SipServletRequestImpl) request);
    }

    @Override
    public @Nullable Object channelFor(Object stack, Object nextHop) {
        Hop hop = (Hop) nextHop;
        if ("UDP".equalsIgnoreCase(hop.getTransport())) {
            return null;
        }
        Object phones = null;
        Iterator<?> points = ((SipStack) stack).getListeningPoints();
        while (points.hasNext()) {
            Object processor = ((ListeningPointImpl) points.next()).getMessageProcessor();
            Object channel = Arrivals.selfChannel(processor, hop.getHost(), hop.getPort(), hop.getTransport());
            if (channel != null) {
                return channel;
            }
            if (phones == null) {
                phones = Arrivals.returnChannel(processor, hop.getHost(), hop.getPort(), hop.getTransport());
            }
        }
        return phones;
    }

    @Override
    public boolean isOfAFlow(Object request) {
        return RequestFlows.arrivedOn(request) != null
                || (request instanceof SipServletRequest && NamedFlow.isNamedBy((SipServletRequest) request, flows));
    }

    @Override
    public @Nullable Boolean authorize(Object request) {
        return request instanceof SipServletRequestImpl
                ? security.authorize((SipServletRequestImpl) request, RequestFlows.arrivedOn(request))
                : null;
    }

    @Override
    public boolean isForLater(Object dispatcher, Object transactionTerminated) {
        return Afterwards.putOff(() -> ((SipListener) dispatcher)
                .processTransactionTerminated((TransactionTerminatedEvent) transactionTerminated));
    }

    @Override
    public void authenticated(Object request, String user, String realm) {
        if (request instanceof SipServletMessageImpl) {
            security.authenticated((SipServletMessageImpl) request, new AuthenticatedUser(user, realm));
        }
    }

    @Override
    public void dropRoute(Object request) {
        if (request instanceof SipServletMessageImpl) {
            ((SipServletMessageImpl) request).getMessage().removeHeader(RouteHeader.NAME);
        }
    }

    @Override
    public boolean refuse(Object request, int status, String reason) {
        return request instanceof SipServletRequestImpl
                && Refusal.send((SipServletRequestImpl) request, status, reason);
    }

    @Override
    public void verifier(@Nullable DigestVerifier verifier) {
        security.verifier(verifier);
    }
}

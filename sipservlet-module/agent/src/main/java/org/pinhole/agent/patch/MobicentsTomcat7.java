package org.pinhole.agent.patch;

import static org.pinhole.agent.check.Member.field;
import static org.pinhole.agent.check.Member.method;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/** The hooks of one container family: Mobicents SIP Servlets 3 on Tomcat 7, with jain-sip 1.3. The whole table. */
public final class MobicentsTomcat7 {
    private static final String DISPATCHER = "org.mobicents.servlet.sip.core.SipApplicationDispatcherImpl";
    private static final String CONTEXT = "org.mobicents.servlet.sip.startup.SipStandardContext";
    private static final String SERVICE = "org.mobicents.servlet.sip.catalina.SipStandardService";
    private static final String SECURITY = "org.mobicents.servlet.sip.catalina.security.SipSecurityUtils";
    private static final String STACK = "gov.nist.javax.sip.stack.SIPTransactionStack";
    private static final String CHANNEL = "gov.nist.javax.sip.stack.ConnectionOrientedMessageChannel";
    private static final String RFC5626 = "org.mobicents.servlet.sip.rfc5626.RFC5626Helper";
    private static final String TRANSACTION = "gov.nist.javax.sip.stack.SIPTransactionImpl";
    private static final String PARSER = "gov.nist.core.ParserCore";
    private static final String HEADER_NAMES = "gov.nist.javax.sip.header.SIPHeaderNamesCache";
    private static final String REQUEST = "gov.nist.javax.sip.message.SIPRequest";
    private static final String MESSAGE = "gov.nist.javax.sip.message.SIPMessage";

    private MobicentsTomcat7() {}

    /** All patches, in the order in which the container runs into them. */
    public static List<Patch> patches() {
        return Collections.unmodifiableList(Arrays.asList(
                // No seam: an application's listener could only see its own context, and only if it knew of us.
                Patch.essential(
                        method(CONTEXT, "listenerStart"),
                        ContextStartAdvice.class,
                        "the flow registry for applications"),
                // No seam: the container announces deployments to application routers only, and without the context.
                Patch.essential(
                        method(
                                DISPATCHER,
                                "addSipApplication",
                                "java.lang.String",
                                "org.mobicents.servlet.sip.core.SipContext"),
                        AddApplicationAdvice.class,
                        "connectors by deployment descriptor",
                        method(DISPATCHER, "getSipApplicationRouter"),
                        method(DISPATCHER, "setSipApplicationRouter", "javax.servlet.sip.ar.SipApplicationRouter")),
                // No seam: as above.
                Patch.essential(
                        method(DISPATCHER, "removeSipApplication", "java.lang.String"),
                        RemoveApplicationAdvice.class,
                        "connectors that close with their application"),
                // No seam: lifecycle listeners of the service are told before its SIP side is up.
                Patch.essential(
                        method(SERVICE, "startInternal"),
                        ServiceStartAdvice.class,
                        "the connectors",
                        method(SERVICE, "addSipConnector", "org.mobicents.servlet.sip.SipConnector"),
                        method(SERVICE, "removeSipConnector", "java.lang.String", "int", "java.lang.String"),
                        method(SERVICE, "getSipStack"),
                        field(STACK, "messageProcessorFactory"),
                        method(STACK, "getSelfRoutingThreadpoolExecutor"),
                        method(CHANNEL, "processMessage", MESSAGE)),
                // No seam: the factory of requests is named to the container by class, in a loader that sees none of
                // ours.
                Patch.optional(
                        method(
                                "org.mobicents.servlet.sip.core.dispatchers.MessageDispatcherFactory",
                                "getRequestDispatcher",
                                "org.mobicents.servlet.sip.message.SipServletRequestImpl",
                                DISPATCHER),
                        RequestArrivalAdvice.class,
                        "a phone's certificates as a request attribute",
                        method(REQUEST, "getMessageChannel")),
                // No seam: what goes from application to application is copied, and nothing else about it stays.
                Patch.optional(
                        method(REQUEST, "setMessageChannel", "java.lang.Object"),
                        FirstChannelAdvice.class,
                        "a phone's certificates for applications behind others",
                        method(REQUEST, "getMessageChannel")),
                // No seam: with two listening points of one transport the stack asks the first one, whatever the
                // address.
                Patch.optional(
                        method(
                                STACK,
                                "createMessageChannel",
                                REQUEST,
                                "gov.nist.javax.sip.stack.MessageProcessor",
                                "javax.sip.address.Hop"),
                        ChannelChoiceAdvice.class,
                        "flows beside another connector of the container"),
                Patch.optional(
                        method(STACK, "createRawMessageChannel", "java.lang.String", "int", "javax.sip.address.Hop"),
                        ChannelChoiceAdvice.class,
                        "in-dialog requests on flows beside another connector of the container"),
                // No seam: the helper is a static method.
                Patch.optional(
                        method(
                                RFC5626,
                                "checkRequest",
                                "org.mobicents.servlet.sip.proxy.ProxyBranchImpl",
                                "javax.sip.message.Request",
                                "org.mobicents.servlet.sip.message.SipServletRequestImpl"),
                        ForeignFlowsAdvice.class,
                        "flows in applications that turn on the container's own RFC 5626"),
                // No seam: a timer of our own would have to know the stack's 100 by its class's name, and hold it back.
                Patch.optional(
                        method(TRANSACTION, "setRetransmitTimer", "int"),
                        LateTimerAdvice.class,
                        "INVITEs that survive a stall of 200 ms"),
                // No seam: a stack has one listener, and it is the container's.
                Patch.optional(
                        method(DISPATCHER, "processTransactionTerminated", "javax.sip.TransactionTerminatedEvent"),
                        TransactionEndAdvice.class,
                        "answers that do not wait for what the container does after them"),
                // No seam: a static counter within the parser.
                Patch.optional(
                        method(PARSER, "dbg_enter", "java.lang.String"),
                        ParserTraceAdvice.class,
                        "addresses that are read as fast after a month as on the first day",
                        field(PARSER, "debug")),
                Patch.optional(
                        method(PARSER, "dbg_leave", "java.lang.String"),
                        ParserTraceAdvice.class,
                        "addresses that are read as fast after a month as on the first day",
                        field(PARSER, "debug")),
                // No seam: a static map.
                Patch.optional(
                        method(HEADER_NAMES, "toLowerCase", "java.lang.String"),
                        HeaderNameAdvice.class,
                        "a heap that made-up header names do not fill",
                        field(HEADER_NAMES, "lowercaseMap")),
                // No seam: the container makes its authenticator itself, and asks nobody who a request's user is.
                Patch.optional(
                        method(
                                SECURITY,
                                "authorize",
                                "org.mobicents.servlet.sip.core.message.MobicentsSipServletRequest"),
                        AuthorizeAdvice.class,
                        "getRemoteUser() behind application pinhole, and pinhole.container-digest",
                        method(SECURITY, "impersonatePrincipal", "java.lang.String", "org.apache.catalina.Realm"))));
    }
}

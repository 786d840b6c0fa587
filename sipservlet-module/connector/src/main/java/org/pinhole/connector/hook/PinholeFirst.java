package org.pinhole.connector.hook;

import java.io.Serializable;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.LinkedHashSet;
import java.util.Set;
import javax.servlet.sip.SipServletRequest;
import javax.servlet.sip.ar.SipApplicationRouter;
import javax.servlet.sip.ar.SipApplicationRouterInfo;
import javax.servlet.sip.ar.SipApplicationRoutingDirective;
import javax.servlet.sip.ar.SipApplicationRoutingRegion;
import javax.servlet.sip.ar.SipRouteModifier;
import org.jspecify.annotations.Nullable;
import org.mobicents.servlet.sip.core.SipApplicationDispatcher;
import org.mobicents.servlet.sip.core.SipApplicationDispatcherImpl;
import org.pinhole.api.FlowRegistry;

/**
 * The operator's application router with two rules in front. An initial request that came on a flow visits application
 * pinhole first; where it goes after that is the router's own decision, as if the request had just arrived. One that came on a
 * connector of the container's own and names a flow visits application pinhole and none other: it goes to the phone. The
 * router's configuration stays as it is. A proxy object, because the container also asks its router for other interfaces.
 */
final class PinholeFirst implements InvocationHandler {
    static final String APPLICATION = "pinhole";
    /** The state that the container keeps for us between two questions about one request. */
    private static final String VISITED = "org.pinhole.visited";
    /** The same, of one that goes to a phone. */
    private static final String DELIVERED = "org.pinhole.delivered";

    private final SipApplicationRouter operators;
    private final SipApplicationDispatcher dispatcher;
    private final FlowRegistry flows;

    private PinholeFirst(SipApplicationRouter operators, SipApplicationDispatcher dispatcher, FlowRegistry flows) {
        this.operators = operators;
        this.dispatcher = dispatcher;
        this.flows = flows;
    }

    /** Wraps the dispatcher's router, once. Does nothing while it has none yet. */
    static void wrapRouterOf(SipApplicationDispatcherImpl dispatcher, FlowRegistry flows) {
        @Nullable SipApplicationRouter present = dispatcher.getSipApplicationRouter();
        if (present == null || isWrapped(present)) {
            return;
        }
        Set<Class<?>> interfaces = new LinkedHashSet<>();
        for (Class<?> type = present.getClass(); type != null; type = type.getSuperclass()) {
            for (Class<?> one : type.getInterfaces()) {
                interfaces.add(one);
            }
        }
        interfaces.add(SipApplicationRouter.class);
        dispatcher.setSipApplicationRouter((SipApplicationRouter) Proxy.newProxyInstance(
                PinholeFirst.class.getClassLoader(),
                interfaces.toArray(new Class<?>[0]),
                new PinholeFirst(present, dispatcher, flows)));
    }

    private static boolean isWrapped(SipApplicationRouter router) {
        return Proxy.isProxyClass(router.getClass()) && Proxy.getInvocationHandler(router) instanceof PinholeFirst;
    }

    @Override
    public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments) throws Throwable {
        if ("getNextApplication".equals(method.getName()) && arguments != null && arguments.length == 5) {
            SipServletRequest request = (SipServletRequest) arguments[0];
            boolean present = dispatcher.findSipApplication(APPLICATION) != null;
            if (present && RequestFlows.arrivedOn(request) != null) {
                return pinhole(request, VISITED);
            }
            if (DELIVERED.equals(arguments[4])) {
                return new SipApplicationRouterInfo(null, null, null, null, null, null);
            }
            if (present && NamedFlow.isNamedBy(request, flows)) {
                return pinhole(request, DELIVERED);
            }
            if (VISITED.equals(arguments[4])) {
                arguments[1] = null;
                arguments[2] = SipApplicationRoutingDirective.NEW;
                arguments[4] = null;
            }
        }
        try {
            return method.invoke(operators, arguments);
        } catch (InvocationTargetException thrown) {
            throw thrown.getCause() == null ? thrown : thrown.getCause();
        }
    }

    private static SipApplicationRouterInfo pinhole(SipServletRequest request, Serializable state) {
        return new SipApplicationRouterInfo(
                APPLICATION,
                DELIVERED.equals(state)
                        ? SipApplicationRoutingRegion.TERMINATING_REGION
                        : SipApplicationRoutingRegion.ORIGINATING_REGION,
                (DELIVERED.equals(state) ? request.getTo() : request.getFrom())
                        .getURI()
                        .toString(),
                null,
                SipRouteModifier.NO_ROUTE,
                state);
    }
}

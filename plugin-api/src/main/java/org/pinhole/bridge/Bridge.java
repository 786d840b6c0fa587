package org.pinhole.bridge;

import org.jspecify.annotations.Nullable;

/**
 * What inlined advice calls. Static because woven code has nothing else to hold on to; it never throws into the host, with
 * the one exception of {@link DeploymentRefused}.
 */
public final class Bridge {
    private static volatile @Nullable ContainerHooks hooks;

    private Bridge() {}

    /** Sets who answers. Called by the agent before anything is woven. */
    public static void install(ContainerHooks implementation) {
        hooks = implementation;
    }

    /** Advice on the start of an application's listeners. */
    public static void applicationStarting(Object context) {
        ContainerHooks target = hooks;
        if (target != null) {
            guarded("applicationStarting", () -> target.applicationStarting(context));
        }
    }

    /** Advice on entry of the dispatcher's addSipApplication. */
    public static void applicationAdding(Object dispatcher, Object context) {
        ContainerHooks target = hooks;
        if (target != null) {
            guarded("applicationAdding", () -> target.applicationAdding(dispatcher, context));
        }
    }

    /** Advice on entry of the dispatcher's removeSipApplication. */
    public static void applicationRemoved(Object dispatcher, String applicationName) {
        ContainerHooks target = hooks;
        if (target != null) {
            guarded("applicationRemoved", () -> target.applicationRemoved(dispatcher, applicationName));
        }
    }

    /** Advice on the normal exit of the service's start. */
    public static void serviceStarted(Object service) {
        ContainerHooks target = hooks;
        if (target != null) {
            guarded("serviceStarted", () -> target.serviceStarted(service));
        }
    }

    /**
     * Advice on the stack's note of the channel that a request came on; true leaves what is noted. Application pinhole asks it of
     * what it is given, too: true means that it has visited an application already.
     */
    public static boolean isPassedOn(Object request) {
        ContainerHooks target = hooks;
        if (target == null) {
            return false;
        }
        try {
            return target.isPassedOn(request);
        } catch (Throwable failure) { // the host must not notice
            report("isPassedOn", failure);
            return false;
        }
    }

    /** Advice on entry of the choice of a dispatcher for a request that has arrived. */
    public static void requestArrived(Object request) {
        ContainerHooks target = hooks;
        if (target != null) {
            guarded("requestArrived", () -> target.requestArrived(request));
        }
    }

    /** Advice on the stack's choice of a message channel; null leaves the choice to the stack. */
    public static @Nullable Object channelFor(Object stack, Object hop) {
        ContainerHooks target = hooks;
        if (target == null) {
            return null;
        }
        try {
            return target.channelFor(stack, hop);
        } catch (Throwable failure) { // the host must not notice
            report("channelFor", failure);
            return null;
        }
    }

    /** Advice on the container's own RFC 5626; true keeps it away from a request. */
    public static boolean isOfAFlow(Object request) {
        ContainerHooks target = hooks;
        if (target == null) {
            return false;
        }
        try {
            return target.isOfAFlow(request);
        } catch (Throwable failure) { // the host must not notice
            report("isOfAFlow", failure);
            return false;
        }
    }

    /**
     * Advice on the container's question whether a request may reach its servlet; null leaves it to the container. Where we
     * fail, it may not: a fault must not open a door.
     */
    public static @Nullable Boolean authorize(Object request) {
        ContainerHooks target = hooks;
        if (target == null) {
            return null;
        }
        try {
            return target.authorize(request);
        } catch (Throwable failure) { // the host must not notice
            report("authorize", failure);
            return Boolean.FALSE;
        }
    }

    /** Advice on the container's note of a transaction's end; true keeps it from taking note now. */
    public static boolean isForLater(Object dispatcher, Object transactionTerminated) {
        ContainerHooks target = hooks;
        if (target == null) {
            return false;
        }
        try {
            return target.isForLater(dispatcher, transactionTerminated);
        } catch (Throwable failure) { // the host must not notice
            report("isForLater", failure);
            return false;
        }
    }

    /** Application pinhole knows who sent a request that it passes on. */
    public static void authenticated(Object request, String user, String realm) {
        ContainerHooks target = hooks;
        if (target != null) {
            guarded("authenticated", () -> target.authenticated(request, user, realm));
        }
    }

    /** Application pinhole takes a request off the Route that its sender put there, which the container lets nobody do. */
    public static void dropRoute(Object request) {
        ContainerHooks target = hooks;
        if (target != null) {
            guarded("dropRoute", () -> target.dropRoute(request));
        }
    }

    /**
     * Application pinhole does not let a request within a dialog pass, which the container would take for that dialog's end.
     *
     * @return whether it was answered; else nobody has done so
     */
    public static boolean refuse(Object request, int status, String reason) {
        ContainerHooks target = hooks;
        if (target == null) {
            return false;
        }
        try {
            return target.refuse(request, status, reason);
        } catch (Throwable failure) { // the host must not notice
            report("refuse", failure);
            return false;
        }
    }

    /** Application pinhole tells users apart from now on, or with null no more. */
    public static void verifier(@Nullable DigestVerifier verifier) {
        ContainerHooks target = hooks;
        if (target != null) {
            guarded("verifier", () -> target.verifier(verifier));
        }
    }

    private static void guarded(String hook, Runnable call) {
        try {
            call.run();
        } catch (DeploymentRefused refusal) {
            throw refusal;
        } catch (Throwable failure) { // the host must not notice
            report(hook, failure);
        }
    }

    @SuppressWarnings("SystemOut") // no logger is reachable from the system class loader
    private static void report(String hook, Throwable failure) {
        System.err.println("[pinhole] " + hook + " failed, the container goes on without it: " + failure);
        failure.printStackTrace(System.err);
    }
}

package org.pinhole.agent;

import java.io.File;
import java.io.IOException;
import java.lang.instrument.Instrumentation;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.JarFile;
import org.jspecify.annotations.Nullable;
import org.pinhole.bridge.ContainerHooks;
import org.pinhole.bridge.DigestVerifier;

/**
 * Stands in for the connector until the container shows its class loader with its first call, then loads the connector
 * below it, once, and passes every call on. When that fails it says so once and the container goes on alone.
 */
final class LoadingHooks implements ContainerHooks {
    private static final String CONNECTOR = "org.pinhole.connector.hook.ConnectorHooks";
    private static final String NETTY_WORKDIR = "io.netty.native.workdir";

    private final URL agentJar;
    private final Instrumentation instrumentation;
    private volatile @Nullable ContainerHooks connector;
    private boolean failed;

    LoadingHooks(URL agentJar, Instrumentation instrumentation) {
        this.agentJar = agentJar;
        this.instrumentation = instrumentation;
    }

    private synchronized @Nullable ContainerHooks connectorBelow(ClassLoader container) {
        if (connector == null && !failed) {
            try {
                connector = load(container);
            } catch (IOException | ReflectiveOperationException | URISyntaxException | LinkageError fault) {
                failed = true;
                Report.problem("the connector cannot be loaded, the container goes on without Pinhole", fault);
            }
        }
        return connector;
    }

    private ContainerHooks load(ClassLoader container)
            throws IOException, ReflectiveOperationException, URISyntaxException {
        JarFile jar = new JarFile(new File(agentJar.toURI()), false); // stays open as long as its classes may load
        ConnectorClassLoader loader = new ConnectorClassLoader(jar, agentJar, container);
        BufferAccess.grant(instrumentation, loader);
        prepareNatives(loader);
        return Class.forName(CONNECTOR, true, loader)
                .asSubclass(ContainerHooks.class)
                .getDeclaredConstructor()
                .newInstance();
    }

    /**
     * Has Netty unpack its native libraries into a folder that only this user can enter. Netty reads the property when its
     * loader class is initialised; it is taken back at once, because another Netty may live in this JVM.
     */
    private static void prepareNatives(ClassLoader loader) throws IOException, ClassNotFoundException {
        if (System.getProperty(NETTY_WORKDIR) != null) {
            return;
        }
        Path folder = Files.createTempDirectory("pinhole-native-"); // mode 0700
        folder.toFile().deleteOnExit();
        System.setProperty(NETTY_WORKDIR, folder.toString());
        try {
            Class.forName("io.netty.util.internal.NativeLibraryLoader", true, loader);
        } finally {
            System.clearProperty(NETTY_WORKDIR);
        }
    }

    private @Nullable ContainerHooks connectorOf(Object containerObject) {
        return connectorBelow(containerObject.getClass().getClassLoader());
    }

    @Override
    public void applicationStarting(Object context) {
        ContainerHooks target = connectorOf(context);
        if (target != null) {
            target.applicationStarting(context);
        }
    }

    @Override
    public void applicationAdding(Object dispatcher, Object context) {
        ContainerHooks target = connectorOf(dispatcher);
        if (target != null) {
            target.applicationAdding(dispatcher, context);
        }
    }

    @Override
    public void applicationRemoved(Object dispatcher, String applicationName) {
        ContainerHooks target = connectorOf(dispatcher);
        if (target != null) {
            target.applicationRemoved(dispatcher, applicationName);
        }
    }

    @Override
    public void serviceStarted(Object service) {
        ContainerHooks target = connectorOf(service);
        if (target != null) {
            target.serviceStarted(service);
        }
    }

    @Override
    public boolean isPassedOn(Object request) {
        ContainerHooks loaded = connector; // as below
        return loaded != null && loaded.isPassedOn(request);
    }

    @Override
    public void requestArrived(Object request) {
        ContainerHooks loaded = connector; // on every request's path: no lock
        if (loaded != null) {
            loaded.requestArrived(request);
        }
    }

    @Override
    public @Nullable Boolean authorize(Object request) {
        ContainerHooks loaded = connector; // on every request's path: no lock
        return loaded == null ? null : loaded.authorize(request);
    }

    @Override
    public boolean isForLater(Object dispatcher, Object transactionTerminated) {
        ContainerHooks loaded = connector; // on every request's path: no lock
        return loaded != null && loaded.isForLater(dispatcher, transactionTerminated);
    }

    @Override
    public void authenticated(Object request, String user, String realm) {
        ContainerHooks loaded = connector;
        if (loaded != null) {
            loaded.authenticated(request, user, realm);
        }
    }

    @Override
    public void dropRoute(Object request) {
        ContainerHooks loaded = connector;
        if (loaded != null) {
            loaded.dropRoute(request);
        }
    }

    @Override
    public boolean refuse(Object request, int status, String reason) {
        ContainerHooks loaded = connector;
        return loaded != null && loaded.refuse(request, status, reason);
    }

    @Override
    public void verifier(@Nullable DigestVerifier verifier) {
        ContainerHooks loaded = connector; // there is one: an application's start has shown its class loader
        if (loaded != null) {
            loaded.verifier(verifier);
        }
    }

    @Override
    public @Nullable Object channelFor(Object stack, Object hop) {
        ContainerHooks loaded = connector; // on every message's path: no lock
        return loaded == null ? null : loaded.channelFor(stack, hop);
    }

    @Override
    public boolean isOfAFlow(Object request) {
        ContainerHooks loaded = connector;
        return loaded != null && loaded.isOfAFlow(request);
    }
}

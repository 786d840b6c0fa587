package org.pinhole.agent;

import java.io.IOException;
import java.io.InputStream;
import java.net.MalformedURLException;
import java.net.URL;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import org.jspecify.annotations.Nullable;

/**
 * The connector's class loader: a child of the container's, which it needs because its classes extend jain-sip types.
 * Child-first for what is packed under {@code connector/} in the agent's jar (the connector, Netty, BouncyCastle), so that
 * no other copy in the container can be taken for ours, and none of ours for another's. Serves resources too: native
 * libraries are loaded through it.
 */
final class ConnectorClassLoader extends ClassLoader {
    private static final String FOLDER = "connector/";

    static {
        registerAsParallelCapable();
    }

    private final JarFile agentJar;
    private final URL jarUrl;

    ConnectorClassLoader(JarFile agentJar, URL jarUrl, ClassLoader container) {
        super(container);
        this.agentJar = agentJar;
        this.jarUrl = jarUrl;
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        synchronized (getClassLoadingLock(name)) {
            Class<?> loaded = findLoadedClass(name);
            if (loaded == null) {
                JarEntry entry = agentJar.getJarEntry(FOLDER + name.replace('.', '/') + ".class");
                loaded = entry == null ? super.loadClass(name, false) : define(name, entry);
            }
            if (resolve) {
                resolveClass(loaded);
            }
            return loaded;
        }
    }

    private Class<?> define(String name, JarEntry entry) throws ClassNotFoundException {
        byte[] bytes = new byte[Math.toIntExact(entry.getSize())];
        try (InputStream in = agentJar.getInputStream(entry)) {
            int filled = 0;
            while (filled < bytes.length) {
                int read = in.read(bytes, filled, bytes.length - filled);
                if (read < 0) {
                    throw new ClassNotFoundException(name + ": its class file is cut short in " + agentJar.getName());
                }
                filled += read;
            }
        } catch (IOException unreadable) {
            throw new ClassNotFoundException(name, unreadable);
        }
        definePackageOf(name);
        return defineClass(name, bytes, 0, bytes.length, ConnectorClassLoader.class.getProtectionDomain());
    }

    @SuppressWarnings("deprecation") // its successor is not in Java 8
    private void definePackageOf(String className) {
        int dot = className.lastIndexOf('.');
        if (dot > 0 && getPackage(className.substring(0, dot)) == null) {
            try {
                definePackage(className.substring(0, dot), null, null, null, null, null, null, null);
            } catch (IllegalArgumentException anotherThreadWasFaster) {
                // it is defined
            }
        }
    }

    @Override
    public @Nullable URL getResource(String name) {
        URL own = findResource(name);
        return own == null ? super.getResource(name) : own;
    }

    @Override
    public Enumeration<URL> getResources(String name) throws IOException {
        List<URL> urls = new ArrayList<>();
        URL own = findResource(name);
        if (own != null) {
            urls.add(own);
        }
        urls.addAll(Collections.list(getParent().getResources(name)));
        return Collections.enumeration(urls);
    }

    @Override
    protected @Nullable URL findResource(String name) {
        if (agentJar.getJarEntry(FOLDER + name) == null) {
            return null;
        }
        try {
            return new URL("jar:" + jarUrl + "!/" + FOLDER + name);
        } catch (MalformedURLException impossible) {
            return null;
        }
    }
}

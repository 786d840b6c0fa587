package org.pinhole.agent;

import java.lang.instrument.Instrumentation;
import java.lang.reflect.Method;
import java.util.Collections;
import java.util.Map;
import java.util.Set;

/**
 * Lets the connector's Netty make and free its direct buffers itself, for which java.nio must be open to it. The platform's
 * own way, when there is no more memory for them, has the thread that asks wait for half a second and for a garbage
 * collection; here that is an event loop, and thousands of phones wait with it. Netty's own fails at once, and one connection
 * ends. Opened to the connector's class loader alone; nothing is asked of the operator. Named by strings: this is Java 8.
 */
final class BufferAccess {
    private static final String WANTED = "io.netty.tryReflectionSetAccessible";

    private BufferAccess() {}

    /**
     * Before any of Netty has been loaded there.
     *
     * @throws ClassNotFoundException when Netty is not where it should be
     */
    static void grant(Instrumentation instrumentation, ClassLoader loader) throws ClassNotFoundException {
        if (!open(instrumentation, loader) || System.getProperty(WANTED) != null) {
            return;
        }
        System.setProperty(WANTED, "true"); // read once, and taken back: another Netty may live in this JVM
        try {
            Class.forName("io.netty.util.internal.PlatformDependent", true, loader);
        } finally {
            System.clearProperty(WANTED);
        }
    }

    /** False where there are no modules: then everything is open. */
    private static boolean open(Instrumentation instrumentation, ClassLoader loader) {
        try {
            Class<?> module = Class.forName("java.lang.Module");
            Object base = Class.class.getMethod("getModule").invoke(Object.class);
            Object connector = ClassLoader.class.getMethod("getUnnamedModule").invoke(loader);
            Method redefine = Instrumentation.class.getMethod(
                    "redefineModule", module, Set.class, Map.class, Map.class, Set.class, Map.class);
            redefine.invoke(
                    instrumentation,
                    base,
                    Collections.emptySet(),
                    Collections.emptyMap(),
                    Collections.singletonMap("java.nio", Collections.singleton(connector)),
                    Collections.emptySet(),
                    Collections.emptyMap());
            return true;
        } catch (ReflectiveOperationException noModules) {
            return false;
        }
    }
}

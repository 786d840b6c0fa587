package org.pinhole.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.ref.WeakReference;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.Collection;
import java.util.Collections;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.pinhole.api.FlowRegistry;
import org.pinhole.api.memory.MemoryBindingStore;
import org.pinhole.api.spi.Binding;
import org.pinhole.api.spi.BindingStore;

/** What is left of a deployment when its class loader has gone: its bindings, and nothing that would hold the loader. */
class RedeploymentTest {
    private static final String ALICE = "sip:alice@pinhole.test";

    private final HandClock clock = new HandClock();
    private final FakeFlows flows = new FakeFlows();
    private final MemoryBindingStore store = new MemoryBindingStore(10, clock);

    @Test
    void theBindingsStayAndTheOldDeploymentsClassesGo() throws Exception {
        FakeFlow phones = flows.open("f1");

        WeakReference<ClassLoader> deployment = registerInADeploymentOfItsOwn(phones);

        assertThat(collected(deployment)).isTrue();
        assertThat(store.bindings(ALICE))
                .singleElement()
                .extracting(Binding::contactUri)
                .isEqualTo("sip:alice@10.0.0.7");
    }

    /** The application's classes from a loader of their own, as a container has it; nothing of it is kept but a weak reference. */
    private WeakReference<ClassLoader> registerInADeploymentOfItsOwn(FakeFlow flow) throws Exception {
        try (WebappLoader loader = new WebappLoader()) {
            Class<?> exchangeType = loader.loadClass("org.pinhole.app.chain.Exchange");
            Class<?> stepType = loader.loadClass("org.pinhole.app.registrar.RegisterStep");
            Object step = stepType.getConstructor(
                            Collection.class, BindingStore.class, FlowRegistry.class, int.class, LongSupplier.class)
                    .newInstance(Collections.singleton("pinhole.test"), store, flows, 4, clock);
            assertThat(stepType.getClassLoader()).isSameAs(loader);

            Object exchange = Proxy.newProxyInstance(loader, new Class<?>[] {exchangeType}, register(flow));
            stepType.getMethod("handle", exchangeType).invoke(step, exchange);

            return new WeakReference<>(loader);
        }
    }

    private static InvocationHandler register(FakeFlow flow) {
        return (proxy, method, arguments) -> {
            switch (method.getName()) {
                case "method":
                    return "REGISTER";
                case "requestUri":
                    return "sip:pinhole.test";
                case "flow":
                case "requireFlow":
                    return flow;
                case "header":
                    return value((String) arguments[0]);
                case "headers":
                    String value = value((String) arguments[0]);
                    return value == null ? Collections.emptyList() : Collections.singletonList(value);
                case "reply":
                    return null;
                default:
                    throw new UnsupportedOperationException(method.getName());
            }
        };
    }

    private static @Nullable String value(String header) {
        switch (header) {
            case "To":
                return "<" + ALICE + ">";
            case "Contact":
                return "<sip:alice@10.0.0.7>";
            case "CSeq":
                return "1 REGISTER";
            case "Via":
                return "SIP/2.0/TLS 10.0.0.7:5061;branch=z9hG4bK1";
            default:
                return null;
        }
    }

    private static boolean collected(WeakReference<ClassLoader> loader) {
        for (int i = 0; i < 50 && loader.get() != null; i++) {
            System.gc();
        }
        return loader.get() == null;
    }

    /** Child-first for the application's own classes, as Tomcat's is. */
    private static final class WebappLoader extends URLClassLoader {
        WebappLoader() {
            super(
                    new URL[] {
                        EdgeWiring.class.getProtectionDomain().getCodeSource().getLocation()
                    },
                    RedeploymentTest.class.getClassLoader());
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (!name.startsWith("org.pinhole.app.")) {
                return super.loadClass(name, resolve);
            }
            Class<?> loaded = findLoadedClass(name);
            return loaded == null ? findClass(name) : loaded;
        }
    }
}

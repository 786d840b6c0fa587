package org.pinhole.agent;

import java.lang.instrument.Instrumentation;
import java.net.URL;
import org.jspecify.annotations.Nullable;
import org.pinhole.agent.patch.MobicentsTomcat7;
import org.pinhole.bridge.Bridge;

/**
 * The {@code -javaagent} program. Does little and nothing that could keep the host from starting: whatever goes wrong is
 * one line on standard error.
 */
public final class PinholeAgent {
    private PinholeAgent() {}

    /**
     * Called by the JVM before the container's main method.
     *
     * @param arguments not used; settings come with the applications
     */
    public static void premain(@Nullable String arguments, Instrumentation instrumentation) {
        try {
            URL jar = PinholeAgent.class.getProtectionDomain().getCodeSource().getLocation();
            Bridge.install(new LoadingHooks(jar, instrumentation));
            new Weaver(MobicentsTomcat7.patches()).builder().installOn(instrumentation);
            Report.line("agent " + version() + " attached");
        } catch (Throwable fault) { // the host must start
            Report.problem("the agent could not be attached, the container starts without Pinhole", fault);
        }
    }

    private static String version() {
        String version = PinholeAgent.class.getPackage().getImplementationVersion();
        return version == null ? "(development)" : version;
    }
}

package org.pinhole.suite.container;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * What the stock container needs from its operator on Java 9 and later. Passed by environment, and only while Pinhole is not
 * installed: once it is, its block in setenv.sh has to do it alone.
 */
final class StockSettings {
    private static final String ROUTER = "-Djavax.servlet.sip.ar.spi.SipApplicationRouterProvider"
            + "=org.mobicents.servlet.sip.router.DefaultApplicationRouterProvider";
    private static final String OPENS = "--add-opens=java.base/java.lang=ALL-UNNAMED"
            + " --add-opens=java.base/java.io=ALL-UNNAMED --add-opens=java.base/java.util=ALL-UNNAMED"
            + " --add-opens=java.base/java.util.concurrent=ALL-UNNAMED --add-opens=java.rmi/sun.rmi.transport=ALL-UNNAMED";

    private StockSettings() {}

    static Map<String, String> of(Path home, Jdk jdk) throws IOException {
        if (jdk.feature() < 9 || hasPinhole(home)) {
            return Map.of();
        }
        return Map.of("CATALINA_OPTS", ROUTER, "JDK_JAVA_OPTIONS", OPENS, "JAVA_ENDORSED_DIRS", "\"\"");
    }

    private static boolean hasPinhole(Path home) throws IOException {
        Path setenv = home.resolve("bin/setenv.sh");
        return Files.exists(setenv) && Files.readString(setenv).contains("pinhole-agent.jar");
    }
}

package org.pinhole.suite.embedded;

import java.util.Map;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.spec.WebArchive;

/**
 * A WAR with {@link AnsweringServlet} or another servlet and a sip.xml. Its name, with {@code org.pinhole.suite.} before it, is what
 * test-dar.properties maps a method to.
 */
final class TestApplication {
    private TestApplication() {}

    static WebArchive named(String name, Map<String, String> contextParams) {
        return named(name, AnsweringServlet.class, contextParams);
    }

    static WebArchive named(String name, Class<?> servlet, Map<String, String> contextParams) {
        return ShrinkWrap.create(WebArchive.class, name.toLowerCase(java.util.Locale.ROOT) + ".war")
                .addClass(servlet)
                .addAsWebInfResource(new StringAsset(sipXml(name, servlet, contextParams)), "sip.xml");
    }

    /** Names are unprefixed: the container's digester is not namespace aware. */
    private static String sipXml(String name, Class<?> servlet, Map<String, String> contextParams) {
        StringBuilder params = new StringBuilder();
        contextParams.forEach((key, value) -> params.append(
                "  <context-param><param-name>%s</param-name><param-value>%s</param-value></context-param>%n"
                        .formatted(key, value)));
        return """
                <?xml version="1.0" encoding="UTF-8"?>
                <sip-app xmlns="http://www.jcp.org/xml/ns/sipservlet">
                  <app-name>org.pinhole.suite.%s</app-name>
                  <display-name>%s</display-name>
                %s  <servlet>
                    <servlet-name>answering</servlet-name>
                    <servlet-class>%s</servlet-class>
                    <load-on-startup>1</load-on-startup>
                  </servlet>
                  <servlet-selection><main-servlet>answering</main-servlet></servlet-selection>
                </sip-app>
                """.formatted(name, name, params, servlet.getName());
    }
}

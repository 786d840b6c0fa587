package org.pinhole.suite.dropin;

import java.nio.file.Path;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.exporter.ZipExporter;
import org.jboss.shrinkwrap.api.spec.WebArchive;

/**
 * A WAR with {@link WhoServlet} that declares Digest for realm pinhole.test: MESSAGE as a server, PUBLISH and calls as a proxy, for
 * callers; REGISTER for the boss. OPTIONS is free to everyone.
 */
final class WhoApplication {
    static final String NAME = "org.pinhole.suite.Who";

    private static final String SIP_XML = """
            <?xml version="1.0" encoding="UTF-8"?>
            <sip-app xmlns="http://www.jcp.org/xml/ns/sipservlet">
              <app-name>org.pinhole.suite.Who</app-name>
              <display-name>Who</display-name>
              <servlet>
                <servlet-name>who</servlet-name>
                <servlet-class>org.pinhole.suite.dropin.WhoServlet</servlet-class>
                <load-on-startup>1</load-on-startup>
              </servlet>
              <listener><listener-class>org.pinhole.suite.dropin.SessionCount</listener-class></listener>
              <servlet-selection><main-servlet>who</main-servlet></servlet-selection>
              <security-constraint>
                <display-name>as a server</display-name>
                <resource-collection>
                  <resource-name>messages</resource-name>
                  <servlet-name>who</servlet-name>
                  <sip-method>MESSAGE</sip-method>
                </resource-collection>
                <auth-constraint><role-name>caller</role-name></auth-constraint>
              </security-constraint>
              <security-constraint>
                <display-name>as a proxy</display-name>
                <resource-collection>
                  <resource-name>publications</resource-name>
                  <servlet-name>who</servlet-name>
                  <sip-method>PUBLISH</sip-method>
                  <sip-method>INVITE</sip-method>
                  <sip-method>INFO</sip-method>
                  <sip-method>BYE</sip-method>
                </resource-collection>
                <proxy-authentication/>
                <auth-constraint><role-name>caller</role-name></auth-constraint>
              </security-constraint>
              <security-constraint>
                <display-name>the boss</display-name>
                <resource-collection>
                  <resource-name>orders</resource-name>
                  <servlet-name>who</servlet-name>
                  <sip-method>REGISTER</sip-method>
                </resource-collection>
                <auth-constraint><role-name>boss</role-name></auth-constraint>
              </security-constraint>
              <login-config><auth-method>DIGEST</auth-method><realm-name>pinhole.test</realm-name></login-config>
            </sip-app>
            """;

    private WhoApplication() {}

    static void writeTo(Path war) {
        ShrinkWrap.create(WebArchive.class)
                .addClasses(WhoServlet.class, SessionCount.class)
                .addAsWebInfResource(new StringAsset(SIP_XML), "sip.xml")
                .as(ZipExporter.class)
                .exportTo(war.toFile(), true);
    }
}

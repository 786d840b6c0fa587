package org.pinhole.bench.server;

import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;
import org.pinhole.suite.container.ContainerParts;
import org.pinhole.suite.container.ContainerPorts;
import org.pinhole.suite.container.StandaloneContainer;

/**
 * A container with Pinhole in it whose users have to prove who they are. Ours and the container's own authenticator differ by
 * one line of conf/pinhole.properties: application, connector, users and roles are the same.
 */
public final class DigestSetup {
    private static final String CONSTRAINT = """
              <security-constraint>
                <display-name>who registers</display-name>
                <resource-collection>
                  <resource-name>registrations</resource-name>
                  <servlet-name>registrar</servlet-name>
                  <sip-method>REGISTER</sip-method>
                </resource-collection>
                <auth-constraint><role-name>caller</role-name></auth-constraint>
              </security-constraint>
              <login-config><auth-method>DIGEST</auth-method><realm-name>%s</realm-name></login-config>
            </sip-app>
            """.formatted(DigestUsers.REALM);

    private DigestSetup() {}

    /** Assembles and starts one. */
    public static SipContainer start(
            ContainerParts parts, Path work, Authenticator authenticator, ServerKey key, List<String> jvmOptions)
            throws IOException {
        Path place = Files.createDirectories(work.resolve("digest-" + authenticator));
        StandaloneContainer container =
                StandaloneContainer.assemble(parts, ContainerPorts.free(), place.resolve("container"), progress -> {});
        ContainerFolder folder = new ContainerFolder(container.home());
        folder.quietLog();
        // The container's own writes a line at ERROR for each challenge: nobody measures loggers.
        folder.append("lib/log4j.properties", List.of("log4j.logger.org.mobicents.servlet.sip.catalina.security=OFF"));
        SipContainer.installPinhole(parts.distributionZip(), place.resolve("pinhole"), container.home());
        DigestUsers.writeHashes(container.home().resolve("conf/pinhole.users"));
        folder.append("conf/pinhole.properties", settings(authenticator, key));
        if (authenticator != Authenticator.REGISTRAR) {
            container.deploy(registrarThatAsks(parts.registrarWar(), place.resolve("registrar.war")), "registrar");
            DigestUsers.writeTomcats(container.home().resolve("conf/tomcat-users.xml"));
            folder.edit(
                    "conf/server.xml",
                    "<Host ",
                    "<Realm className=\"org.apache.catalina.realm.MemoryRealm\"/>\n      <Host ");
            folder.addStockConnector(authenticator.address(), Connector.NIO.processorFactory(), key);
        }
        folder.addJvmOptions(jvmOptions);
        return SipContainer.start(container, authenticator.title(), authenticator.address(), true);
    }

    private static List<String> settings(Authenticator authenticator, ServerKey key) {
        List<String> users = List.of(
                "pinhole.digest.realm=" + DigestUsers.REALM, "pinhole.digest.algorithms=MD5"); // all that stock has
        List<String> rest = authenticator == Authenticator.REGISTRAR
                ? List.of(
                        "pinhole.role=registrar",
                        "pinhole.connector=tls://127.0.0.1:"
                                + authenticator.address().getPort(),
                        "pinhole.tls.certificate-file=" + key.certificate().toAbsolutePath(),
                        "pinhole.tls.private-key-file=" + key.key().toAbsolutePath())
                : List.of(
                        "pinhole.connector=none",
                        "pinhole.container-digest=" + (authenticator == Authenticator.OURS ? "on" : "off"));
        return Stream.of(users, rest).flatMap(List::stream).toList();
    }

    /** The registrar application with a login-config. */
    private static Path registrarThatAsks(Path registrar, Path copy) throws IOException {
        Files.copy(registrar, copy, StandardCopyOption.REPLACE_EXISTING);
        try (FileSystem war = FileSystems.newFileSystem(copy)) {
            Path sipXml = war.getPath("WEB-INF/sip.xml");
            Files.writeString(sipXml, Files.readString(sipXml).replace("</sip-app>", CONSTRAINT));
        }
        return copy;
    }
}

package org.pinhole.bench.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.pinhole.suite.container.ContainerParts;
import org.pinhole.suite.container.ContainerPorts;
import org.pinhole.suite.container.StandaloneContainer;

/**
 * Containers that differ in their TLS connector, ours or stock, with the same registrar application behind it. Ours is asked
 * for by that application and pinhole.war is left out, so that all contestants do the same work.
 */
public final class ConnectorSetup {
    private ConnectorSetup() {}

    /**
     * Assembles and starts one.
     *
     * @param jvmOptions for the container's JVM, the same for every contestant of a comparison
     */
    public static SipContainer start(
            ContainerParts parts, Path work, Connector connector, ServerKey key, List<String> jvmOptions)
            throws IOException {
        StandaloneContainer container = StandaloneContainer.assemble(
                parts, ContainerPorts.free(), work.resolve("container-" + connector), progress -> {});
        ContainerFolder folder = new ContainerFolder(container.home());
        container.deploy(parts.registrarWar(), "registrar");
        folder.quietLog();
        if (connector == Connector.PINHOLE) {
            SipContainer.installPinhole(parts.distributionZip(), work.resolve("pinhole"), container.home());
            Files.delete(container.home().resolve("webapps/pinhole.war"));
            folder.append("conf/pinhole.properties", settings(connector, key));
        } else {
            folder.addStockConnector(connector.address(), connector.processorFactory(), key);
        }
        folder.addJvmOptions(jvmOptions);
        return SipContainer.start(container, connector.title(), connector.address(), connector != Connector.OIO);
    }

    private static List<String> settings(Connector connector, ServerKey key) {
        return List.of(
                "org.example.Registrar.pinhole.connector=tls://127.0.0.1:"
                        + connector.address().getPort(),
                "org.example.Registrar.pinhole.tls.certificate-file="
                        + key.certificate().toAbsolutePath(),
                "org.example.Registrar.pinhole.tls.private-key-file="
                        + key.key().toAbsolutePath());
    }
}

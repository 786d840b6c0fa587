package org.pinhole.bench.scenario;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.pinhole.bench.report.Report;
import org.pinhole.bench.server.Connector;
import org.pinhole.bench.server.ConnectorSetup;
import org.pinhole.bench.server.KeyKind;
import org.pinhole.bench.server.ServerKey;
import org.pinhole.bench.server.SipContainer;
import org.pinhole.suite.container.ContainerParts;

/**
 * What every scenario starts from.
 *
 * @param parts what containers are assembled from
 * @param work a folder of our own
 * @param jvmOptions of every container
 * @param report where figures go
 */
public record Bed(ContainerParts parts, Path work, List<String> jvmOptions, Report report) {
    /** The key that a server of this kind shows. */
    public ServerKey key(KeyKind kind) throws IOException {
        return ServerKey.in(work.resolve("keys"), kind);
    }

    /** Starts a container. */
    public SipContainer start(Connector connector, KeyKind kind, String... furtherJvmOptions) throws IOException {
        List<String> options = new ArrayList<>(jvmOptions);
        options.addAll(List.of(furtherJvmOptions));
        Path place = work.resolve(kind.name());
        SipContainer started = ConnectorSetup.start(parts, place, connector, key(kind), options);
        report.say("%s is up at %s (%s)", started.name(), started.address(), kind.title());
        return started;
    }
}

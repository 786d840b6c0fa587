package org.pinhole.admin.install;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A folder that looks like an operator's container, with a blank in its path, and a distribution beside it. */
final class FakeContainer {
    private final Path base;
    private final Path lib;
    private final StringWriter said = new StringWriter();

    FakeContainer(Path folder) throws IOException {
        base = folder.resolve("the operator's container");
        lib = Files.createDirectories(folder.resolve("distribution/lib"));
        write("conf/server.xml", "<Service className=\"org.mobicents.servlet.sip.startup.SipStandardService\"/>");
        write("lib/sip-servlets-impl-3.2.0-37.jar", "");
        write("lib/jain-sip-ri-1.3.0-32.jar", "");
        write("webapps/registrar.war", "the user's application");
        write("bin/catalina.sh", "#!/bin/sh\n");
        Files.write(lib.resolve("pinhole-agent.jar"), "agent 1".getBytes(UTF_8));
        Files.write(lib.resolve("pinhole.war"), "war 1".getBytes(UTF_8));
    }

    Path base() {
        return base;
    }

    Path path(String name) {
        return base.resolve(name);
    }

    String read(String name) throws IOException {
        return new String(Files.readAllBytes(path(name)), ISO_8859_1);
    }

    void write(String name, String content) throws IOException {
        Files.createDirectories(path(name).resolveSibling("."));
        Files.write(path(name), content.getBytes(ISO_8859_1));
    }

    void newRelease() throws IOException {
        Files.write(lib.resolve("pinhole-agent.jar"), "agent 2".getBytes(UTF_8));
        Files.write(lib.resolve("pinhole.war"), "war 2".getBytes(UTF_8));
    }

    void install() throws IOException {
        install(null, false);
    }

    void install(@Nullable Path home, boolean force) throws IOException {
        Container container = Container.at(base, home);
        container.requireSipServlets();
        new Installer(container, new Parts(lib), new PrintWriter(said, true)).install(force);
    }

    void uninstall(@Nullable Path archive, boolean force) throws IOException {
        new Uninstaller(Container.at(base, null), new PrintWriter(said, true)).uninstall(archive, force);
    }

    /** All that was said so far. */
    String said() {
        return said.toString();
    }

    /** Every path with its mode and content. */
    Map<String, String> tree() throws IOException {
        Map<String, String> tree = new TreeMap<>();
        try (Stream<Path> all = Files.walk(base)) {
            for (Path path : (Iterable<Path>) all::iterator) {
                String mode = PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
                String content =
                        Files.isRegularFile(path) ? new String(Files.readAllBytes(path), ISO_8859_1) : "folder";
                tree.put(base.relativize(path).toString(), mode + " " + content);
            }
        }
        return tree;
    }
}

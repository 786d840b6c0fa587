package org.pinhole.suite.container;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/** Puts a container together from its parts: Tomcat, the SIP servlet jars and the configuration an operator would have. */
final class ContainerAssembly {
    private static final List<String> METHODS = List.of(
            "REGISTER", "INVITE", "MESSAGE", "OPTIONS", "SUBSCRIBE", "NOTIFY", "PUBLISH", "INFO", "REFER", "UPDATE");

    private final ContainerParts parts;
    private final ContainerPorts ports;

    ContainerAssembly(ContainerParts parts, ContainerPorts ports) {
        this.parts = parts;
        this.ports = ports;
    }

    /** Assembles into {@code home}; whatever is there already is removed first. */
    void into(Path home) throws IOException {
        Trees.delete(home);
        Unzip.withoutTopFolder(parts.tomcatZip(), home);
        emptyWebapps(home.resolve("webapps"));
        copyJars(home.resolve("lib"));
        write(
                home.resolve("conf/server.xml"),
                resource("server.xml")
                        .replace("@HTTP_PORT@", Integer.toString(ports.http()))
                        .replace("@SIP_PORT@", Integer.toString(ports.sip())));
        write(home.resolve("conf/mss-sip-stack.properties"), resource("mss-sip-stack.properties"));
        write(home.resolve("lib/log4j.properties"), resource("log4j.properties"));
        write(home.resolve("lib/config.properties"), resource("config.properties"));
        write(home.resolve("conf/dars/mobicents-dar.properties"), defaultApplicationRouter("org.example.Registrar"));
    }

    /** One line per method: every initial request goes to the user's application. */
    private static String defaultApplicationRouter(String applicationName) {
        return METHODS.stream()
                .map(method -> method + ": (\"" + applicationName
                        + "\", \"DAR:From\", \"ORIGINATING\", \"\", \"NO_ROUTE\", \"0\")\n")
                .collect(Collectors.joining());
    }

    private void copyJars(Path lib) throws IOException {
        try (DirectoryStream<Path> jars = Files.newDirectoryStream(parts.jars(), "*.jar")) {
            for (Path jar : jars) {
                Files.copy(jar, lib.resolve(jar.getFileName()));
            }
        }
    }

    /** Tomcat's examples and manager are none of an operator's SIP server. */
    private static void emptyWebapps(Path webapps) throws IOException {
        Trees.delete(webapps);
        Files.createDirectories(webapps);
    }

    private static void write(Path file, String content) throws IOException {
        Files.createDirectories(file.resolveSibling("."));
        Files.writeString(file, content, UTF_8);
    }

    private static String resource(String name) throws IOException {
        try (InputStream in = ContainerAssembly.class.getResourceAsStream(name)) {
            return new String(Objects.requireNonNull(in, name).readAllBytes(), UTF_8);
        }
    }
}

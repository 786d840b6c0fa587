package org.pinhole.bench.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;

/**
 * The files of a container as an operator edits them before it starts.
 *
 * @param home CATALINA_HOME
 */
record ContainerFolder(Path home) {
    /** Nobody measures loggers here; warnings and above remain, and with them the leak detector's. */
    void quietLog() throws IOException {
        edit("lib/log4j.properties", "rootLogger=INFO", "rootLogger=WARN");
    }

    /** The stock defaults offer no suite that a modern client takes; these are the same suites as ours. */
    void addStockConnector(InetSocketAddress address, String processorFactory, ServerKey key) throws IOException {
        edit("conf/mss-sip-stack.properties", Connector.NIO.processorFactory(), processorFactory);
        append(
                "conf/mss-sip-stack.properties",
                List.of(
                        "javax.net.ssl.keyStore=" + key.store().toAbsolutePath(),
                        "javax.net.ssl.keyStorePassword=" + ServerKey.PASSWORD,
                        "javax.net.ssl.keyStoreType=PKCS12",
                        "javax.net.ssl.trustStore=" + key.store().toAbsolutePath(),
                        "javax.net.ssl.trustStorePassword=" + ServerKey.PASSWORD,
                        "gov.nist.javax.sip.TLS_CLIENT_AUTH_TYPE=Disabled",
                        "gov.nist.javax.sip.TLS_CLIENT_PROTOCOLS=TLSv1.2,TLSv1.3",
                        "gov.nist.javax.sip.ENABLED_CIPHER_SUITES=TLS_AES_128_GCM_SHA256,TLS_AES_256_GCM_SHA384,"
                                + "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256,TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256"));
        edit(
                "conf/server.xml",
                "<Engine ",
                "<Connector port=\"" + address.getPort() + "\" ipAddress=\"127.0.0.1\" signalingTransport=\"tls\""
                        + " protocol=\"org.mobicents.servlet.sip.startup.SipProtocolHandler\"/>\n    <Engine ");
    }

    void addJvmOptions(List<String> options) throws IOException {
        append("bin/setenv.sh", List.of("CATALINA_OPTS=\"$CATALINA_OPTS " + String.join(" ", options) + "\""));
    }

    void edit(String file, String found, String replacement) throws IOException {
        Path path = home.resolve(file);
        String text = Files.readString(path);
        if (!text.contains(found)) {
            throw new IOException(path + " has no " + found);
        }
        Files.writeString(path, text.replace(found, replacement));
    }

    void append(String file, List<String> lines) throws IOException {
        Files.writeString(
                home.resolve(file),
                "\n" + String.join("\n", lines) + "\n",
                StandardOpenOption.CREATE,
                StandardOpenOption.APPEND);
    }

    /** Lines of all its logs that contain a text. */
    List<String> logLines(String text) {
        try (Stream<Path> logs = Files.list(home.resolve("logs"))) {
            return logs.filter(Files::isRegularFile)
                    .flatMap(log -> lines(log).stream())
                    .filter(line -> line.contains(text))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> lines(Path log) {
        try {
            return Files.readAllLines(log, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

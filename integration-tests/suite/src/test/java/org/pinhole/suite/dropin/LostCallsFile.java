package org.pinhole.suite.dropin;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Collectors;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.exporter.ZipExporter;
import org.jboss.shrinkwrap.api.spec.JavaArchive;
import org.pinhole.api.Flow;
import org.pinhole.api.spi.LostCall;
import org.pinhole.api.spi.LostCallPolicy;

/** A policy as an operator would install it, in the container's {@code lib/}: writes down what it is told. */
public final class LostCallsFile implements LostCallPolicy {
    private static final String NAME = "logs/lost-calls.txt";

    static void installInto(Path home) {
        ShrinkWrap.create(JavaArchive.class)
                .addClass(LostCallsFile.class)
                .addAsServiceProvider(LostCallPolicy.class, LostCallsFile.class)
                .as(ZipExporter.class)
                .exportTo(home.resolve("lib/lost-calls.jar").toFile(), true);
    }

    static String in(Path home) throws IOException {
        Path file = home.resolve(NAME);
        return Files.exists(file) ? Files.readString(file) : "";
    }

    @Override
    public void flowLost(Flow flow, List<LostCall> calls) {
        String lines = calls.stream()
                .map(call -> flow.identity() + " " + call.callId() + " " + call.calleeTag() + "\n")
                .collect(Collectors.joining());
        try {
            Files.writeString(
                    Path.of(System.getProperty("catalina.base"), NAME),
                    lines,
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }
}

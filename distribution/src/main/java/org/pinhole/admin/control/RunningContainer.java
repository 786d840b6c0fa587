package org.pinhole.admin.control;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.pinhole.admin.file.AdminException;

/** The connectors of a container that runs on this host, as far as its file {@code conf/pinhole/control} leads to them. */
final class RunningContainer {
    private static final int PATIENCE_MILLIS = 30_000;
    /** Another user of the host who crowds the port has to be lucky so many times in a row. */
    private static final int TRIES = 32;

    private static final String ERROR = "error: ";

    private final Path file;

    private RunningContainer(Path file) {
        this.file = file;
    }

    /** The container in this folder (CATALINA_BASE). */
    static RunningContainer in(Path base) {
        if (!Files.isDirectory(base)) {
            throw new AdminException(base + ": no such folder");
        }
        return new RunningContainer(base.resolve("conf/pinhole/control"));
    }

    /**
     * Asks, and asks again where the connection was closed without a word, because the port was crowded: then nothing was done.
     *
     * @return the lines of the answer
     * @throws AdminException when nobody is there, or what was asked for is refused
     */
    List<String> ask(String command) throws IOException {
        List<String> lines = Collections.emptyList();
        for (int i = 0; lines.isEmpty() && i < TRIES; i++) {
            lines = askOnce(command);
        }
        if (lines.isEmpty()) {
            throw new AdminException(file + ": whoever listens there closed " + TRIES
                    + " times without a word; is the container restarting?");
        }
        if (lines.get(0).startsWith(ERROR)) {
            throw new AdminException(lines.get(0).substring(ERROR.length()));
        }
        return lines;
    }

    /** No lines when the connection was closed without a word. */
    private List<String> askOnce(String command) throws IOException {
        String[] portAndToken = portAndToken(); // each time: they are others after a restart
        List<String> lines = new ArrayList<>();
        try (Socket socket = new Socket()) {
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.connect(
                    new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(portAndToken[0])),
                    PATIENCE_MILLIS);
            socket.getOutputStream().write((portAndToken[1] + ' ' + command + '\n').getBytes(StandardCharsets.UTF_8));
            BufferedReader in =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                lines.add(line);
            }
        } catch (ConnectException refused) {
            throw notRunning();
        } catch (SocketException reset) {
            if (!lines.isEmpty()) {
                throw reset;
            }
        }
        return lines;
    }

    private String[] portAndToken() throws IOException {
        if (!Files.exists(file)) {
            throw notRunning();
        }
        String[] words = new String(Files.readAllBytes(file), StandardCharsets.US_ASCII)
                .trim()
                .split(" ", -1);
        if (words.length != 2 || !words[0].matches("[0-9]{1,5}")) {
            throw new AdminException(file + ": not a control file of Pinhole; restart the container");
        }
        return words;
    }

    private AdminException notRunning() {
        return new AdminException(
                file + ": leads to no open connector; is the container running, with an application that"
                        + " asks for Pinhole?");
    }
}

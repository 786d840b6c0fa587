package org.pinhole.connector.transport;

import java.io.File;
import org.pinhole.connector.limit.Caps;
import org.pinhole.connector.limit.ConnectionLimits;
import org.pinhole.connector.limit.Deadlines;
import org.pinhole.connector.limit.Limits;

/** A connector in a process of its own, for a test that takes its file descriptors. Ends with its standard input. */
final class CrampedConnector {
    private static final Limits UNLIMITED = new Limits(
            new ConnectionLimits(new Caps(9999, 9999, 9999), new Caps(9999, 9999, 9999), new Caps(9999, 9999, 9999)),
            new Deadlines(60, 60, 60),
            TestConnector.sizes());

    private CrampedConnector() {}

    /** Runs it; the first argument is a folder for keys. */
    public static void main(String[] arguments) throws Exception {
        try (TestConnector connector = new TestConnector(new File(arguments[0]), UNLIMITED)) {
            System.out.println(connector.port());
            while (System.in.read() >= 0) {
                // nobody says anything
            }
        }
    }
}

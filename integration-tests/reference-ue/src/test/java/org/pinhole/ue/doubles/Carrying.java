package org.pinhole.ue.doubles;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;

/** What a server in the middle does once it lets two sides talk. */
final class Carrying {
    private Carrying() {}

    /** One direction, until either side ends; then both are closed. Blocks. */
    static void between(Socket from, Socket to) {
        byte[] buffer = new byte[4096];
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                out.write(buffer, 0, n);
                out.flush();
            }
        } catch (IOException e) {
            // One side is gone, which ends both.
        }
    }
}

package org.pinhole.turn.transport;

import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.Collection;
import java.util.List;

/** The addresses that this machine has now, of both families; a link-local one with its zone, and once in each. */
@FunctionalInterface
public interface LocalAddresses {
    LocalAddresses SYSTEM = LocalAddresses::ofInterfaces;

    Collection<InetAddress> now();

    private static Collection<InetAddress> ofInterfaces() {
        try {
            return NetworkInterface.networkInterfaces()
                    .flatMap(NetworkInterface::inetAddresses)
                    .toList();
        } catch (SocketException e) {
            return List.of(); // a machine that does not tell
        }
    }
}

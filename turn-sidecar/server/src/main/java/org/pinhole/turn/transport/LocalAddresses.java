package org.pinhole.turn.transport;

import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.Set;
import java.util.stream.Collectors;

/** The addresses that this machine has now, of both families; a link-local one with its zone. */
@FunctionalInterface
public interface LocalAddresses {
    LocalAddresses SYSTEM = LocalAddresses::ofInterfaces;

    Set<InetAddress> now();

    private static Set<InetAddress> ofInterfaces() {
        try {
            return NetworkInterface.networkInterfaces()
                    .flatMap(NetworkInterface::inetAddresses)
                    .collect(Collectors.toUnmodifiableSet());
        } catch (SocketException e) {
            return Set.of(); // a machine that does not tell
        }
    }
}

package org.pinhole.ue.pac;

import java.net.DatagramSocket;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What a script may ask about where it runs. May block. */
interface PacWorld {
    /** The IPv4 address of a host, as text, or null. */
    @Nullable
    String resolve(String host);

    /** The address that this machine uses to reach others. */
    String ownAddress();

    ZonedDateTime now();

    /** This machine, its resolver and its clock. */
    static PacWorld ofThisMachine(InstantSource clock) {
        return new PacWorld() {
            @Override
            public @Nullable String resolve(String host) {
                try {
                    return Stream.of(InetAddress.getAllByName(host))
                            .filter(Inet4Address.class::isInstance)
                            .map(InetAddress::getHostAddress)
                            .findFirst()
                            .orElse(null);
                } catch (UnknownHostException e) {
                    return null;
                }
            }

            /** By the route to somewhere: a datagram socket that is connected and never sends. */
            @Override
            public String ownAddress() {
                try (DatagramSocket socket = new DatagramSocket()) {
                    socket.connect(new InetSocketAddress("198.51.100.1", 9));
                    return socket.getLocalAddress().getHostAddress();
                } catch (SocketException e) {
                    return "127.0.0.1";
                }
            }

            @Override
            public ZonedDateTime now() {
                return clock.instant().atZone(ZoneId.systemDefault());
            }
        };
    }
}

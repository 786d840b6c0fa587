package org.pinhole.suite.embedded;

import java.lang.management.ManagementFactory;
import javax.management.JMException;
import javax.management.ObjectName;

/** A connector's numbers, as a JMX client reads them. */
final class ConnectorNumbers {
    private final String name;

    private ConnectorNumbers(String name) {
        this.name = name;
    }

    /** Of the connector on 127.0.0.1. */
    static ConnectorNumbers of(String transport, int port) {
        return new ConnectorNumbers(
                "org.pinhole:type=Connector,transport=%s,address=127.0.0.1,port=%d".formatted(transport, port));
    }

    long get(String attribute) {
        try {
            return (Long) ManagementFactory.getPlatformMBeanServer().getAttribute(new ObjectName(name), attribute);
        } catch (JMException unknown) {
            throw new AssertionError(name + " " + attribute, unknown);
        }
    }
}

package org.pinhole.connector.admin;

import java.lang.management.ManagementFactory;
import java.util.Locale;
import javax.management.InstanceNotFoundException;
import javax.management.JMException;
import javax.management.MalformedObjectNameException;
import javax.management.ObjectName;
import org.pinhole.connector.transport.ConnectorAddress;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The names {@code org.pinhole:…} in this JVM's MBean server. A connector works without them, so a fault is only told. */
final class Beans {
    private static final Logger LOG = LoggerFactory.getLogger(Beans.class);

    private Beans() {}

    static String connector(ConnectorAddress address) {
        String host = address.bindAddress().getAddress().getHostAddress();
        return "org.pinhole:type=Connector,transport="
                + address.transport().name().toLowerCase(Locale.ROOT) + ",address="
                + (host.indexOf(':') < 0 ? host : ObjectName.quote(host)) + ",port=" + address.port();
    }

    static void register(String name, Object bean) {
        try {
            ManagementFactory.getPlatformMBeanServer().registerMBean(bean, new ObjectName(name));
        } catch (MalformedObjectNameException impossible) {
            throw new IllegalStateException(impossible);
        } catch (JMException | SecurityException refused) {
            LOG.warn("{} cannot be registered, its numbers are not to be had by JMX: {}", name, refused.toString());
        }
    }

    static void unregister(String name) {
        try {
            ManagementFactory.getPlatformMBeanServer().unregisterMBean(new ObjectName(name));
        } catch (InstanceNotFoundException neverRegistered) {
            LOG.debug("{} was not registered", name);
        } catch (JMException | SecurityException refused) {
            LOG.warn("{} cannot be unregistered: {}", name, refused.toString());
        }
    }
}

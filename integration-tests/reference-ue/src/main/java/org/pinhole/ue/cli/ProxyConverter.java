package org.pinhole.ue.cli;

import java.net.ProxySelector;
import org.pinhole.ue.pac.PacProxies;
import org.pinhole.ue.tunnel.HostPort;
import org.pinhole.ue.tunnel.HttpProxy;
import org.pinhole.ue.tunnel.ProxySource;
import org.pinhole.ue.tunnel.SystemProxies;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** {@code HOST:PORT}, {@code none}, {@code system} or {@code pac:WHERE} as an option's value. */
final class ProxyConverter implements ITypeConverter<ProxySource> {
    private static final String PAC = "pac:";

    @Override
    public ProxySource convert(String value) {
        if (value.equals("none")) {
            return ProxySource.NONE;
        }
        if (value.equals("system")) {
            // Read once, when the selector is first asked; our own sockets never ask it.
            System.setProperty("java.net.useSystemProxies", System.getProperty("java.net.useSystemProxies", "true"));
            return new SystemProxies(ProxySelector.getDefault());
        }
        if (value.startsWith(PAC)) {
            return PacProxies.at(value.substring(PAC.length()));
        }
        if (value.contains("://") || value.contains("@")) {
            throw new TypeConversionException("a URL is none; write HOST:PORT, and the user by --proxy-user");
        }
        try {
            return ProxySource.always(HttpProxy.at(HostPort.parse(value)));
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException(e.getMessage());
        }
    }
}

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
            return new SystemProxies(ProxySelector.getDefault());
        }
        if (value.startsWith(PAC)) {
            return PacProxies.at(value.substring(PAC.length()));
        }
        try {
            return ProxySource.always(HttpProxy.at(HostPort.parse(value)));
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException(e.getMessage());
        }
    }
}

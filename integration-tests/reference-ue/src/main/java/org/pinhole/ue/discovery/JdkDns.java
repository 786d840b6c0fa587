package org.pinhole.ue.discovery;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Hashtable;
import java.util.List;
import javax.naming.Context;
import javax.naming.NameNotFoundException;
import javax.naming.NamingException;
import javax.naming.directory.Attribute;
import javax.naming.directory.InitialDirContext;
import org.jspecify.annotations.Nullable;

/** The JDK's own DNS client: resolvers, timeouts and retries as the system has them. */
public final class JdkDns implements DnsRecords {
    private final String url;

    private JdkDns(String url) {
        this.url = url;
    }

    /** Asks the system's resolvers. */
    public static JdkDns system() {
        return new JdkDns("dns:");
    }

    /** Asks this one server. */
    public static JdkDns at(InetSocketAddress server) {
        return new JdkDns("dns://" + server.getHostString() + ":" + server.getPort());
    }

    @Override
    @SuppressWarnings({"JdkObsolete", "BanJNDI"
    }) // JNDI asks for a Hashtable; the dns: provider makes strings, no objects
    public List<String> find(String name, String type) throws IOException {
        Hashtable<String, String> environment = new Hashtable<>();
        environment.put(Context.INITIAL_CONTEXT_FACTORY, "com.sun.jndi.dns.DnsContextFactory");
        environment.put(Context.PROVIDER_URL, url);
        try {
            InitialDirContext context = new InitialDirContext(environment);
            try {
                return texts(context.getAttributes(name, new String[] {type}).get(type));
            } finally {
                context.close();
            }
        } catch (NameNotFoundException e) {
            return List.of();
        } catch (NamingException e) {
            throw new IOException("DNS look-up of " + type + " " + name + " failed: " + e.getMessage(), e);
        }
    }

    private static List<String> texts(@Nullable Attribute records) throws NamingException {
        List<String> texts = new ArrayList<>();
        for (int i = 0; records != null && i < records.size(); i++) {
            texts.add(String.valueOf(records.get(i)));
        }
        return texts;
    }
}

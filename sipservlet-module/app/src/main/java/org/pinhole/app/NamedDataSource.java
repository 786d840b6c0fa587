package org.pinhole.app;

import javax.naming.InitialContext;
import javax.naming.NamingException;
import javax.sql.DataSource;

/** The container's data sources, by the names under which this application finds them. */
final class NamedDataSource {
    private static final String OWN = "java:comp/env/";

    private NamedDataSource() {}

    /**
     * The data source of that name in java:comp/env.
     *
     * @throws IllegalArgumentException with a line for the operator
     */
    @SuppressWarnings(
            "BanJNDI") // the prefix is constant: no other naming service is ever asked, whatever the operator wrote
    static DataSource require(String name) {
        if (!name.startsWith(OWN)) {
            throw refused(name, "a name that begins with java:comp/env/ expected");
        }
        Object found;
        try {
            found = new InitialContext().lookup(OWN + name.substring(OWN.length()));
        } catch (NamingException missing) {
            throw refused(
                    name,
                    "no such resource; a <Resource> or <ResourceLink> of type javax.sql.DataSource in the container's"
                            + " conf/context.xml expected, and the driver's jar in its lib folder");
        }
        if (!(found instanceof DataSource)) {
            throw refused(name, "that resource is no javax.sql.DataSource");
        }
        return (DataSource) found;
    }

    private static IllegalArgumentException refused(String name, String why) {
        return new IllegalArgumentException("pinhole.credentials=jdbc:" + name + ": " + why);
    }
}

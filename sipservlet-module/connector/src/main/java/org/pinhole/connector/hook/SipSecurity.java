package org.pinhole.connector.hook;

import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/**
 * What a sip.xml says of security (JSR 289 §14.2). Read by ourselves, because the container loses {@code
 * <proxy-authentication/>} on the way. Immutable.
 */
final class SipSecurity {
    private final String realm;
    private final List<Constraint> constraints;

    private SipSecurity(String realm, List<Constraint> constraints) {
        this.realm = realm;
        this.constraints = Collections.unmodifiableList(constraints);
    }

    /**
     * Reads a sip.xml.
     *
     * @return null when it does not declare Digest
     */
    static @Nullable SipSecurity parse(InputStream sipXml) throws IOException {
        Element root = read(sipXml).getDocumentElement();
        Element login = child(root, "login-config");
        if (login == null || !"DIGEST".equalsIgnoreCase(text(child(login, "auth-method")))) {
            return null;
        }
        List<Constraint> constraints = new ArrayList<>();
        for (Element constraint : children(root, "security-constraint")) {
            Element roles = child(constraint, "auth-constraint");
            if (roles != null) { // without one nobody has to say who he is
                constraints.add(new Constraint(constraint, texts(roles, "role-name")));
            }
        }
        return new SipSecurity(text(child(login, "realm-name")), constraints);
    }

    private static Document read(InputStream sipXml) throws IOException {
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
            factory.setNamespaceAware(true);
            factory.setExpandEntityReferences(false);
            DocumentBuilder builder = factory.newDocumentBuilder();
            builder.setEntityResolver((publicId, systemId) -> new InputSource(new StringReader(""))); // never fetched
            builder.setErrorHandler(null); // it would print to standard error
            return builder.parse(sipXml);
        } catch (SAXException | ParserConfigurationException unreadable) {
            throw new IOException("sip.xml: " + unreadable.getMessage(), unreadable);
        }
    }

    /** The realm, or nothing. */
    String realm() {
        return realm;
    }

    /** The constraints that a request of this method to this servlet is under. */
    List<Constraint> of(String servlet, String method) {
        List<Constraint> under = new ArrayList<>();
        for (Constraint constraint : constraints) {
            if (constraint.covers(servlet, method)) {
                under.add(constraint);
            }
        }
        return under;
    }

    private static List<Element> children(Element parent, String name) {
        List<Element> children = new ArrayList<>();
        for (Node node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node instanceof Element && name.equals(node.getLocalName())) {
                children.add((Element) node);
            }
        }
        return children;
    }

    private static @Nullable Element child(Element parent, String name) {
        List<Element> children = children(parent, name);
        return children.isEmpty() ? null : children.get(0);
    }

    private static Set<String> texts(Element parent, String name) {
        Set<String> texts = new HashSet<>();
        children(parent, name).forEach(child -> texts.add(text(child)));
        return texts;
    }

    private static String text(@Nullable Element element) {
        return element == null ? "" : element.getTextContent().trim();
    }

    /** Who may do what: any of these roles, these methods to these servlets. */
    static final class Constraint {
        private final boolean proxy;
        private final Set<String> roles;
        private final List<Resources> resources = new ArrayList<>();

        private Constraint(Element element, Set<String> roles) {
            this.proxy = child(element, "proxy-authentication") != null;
            this.roles = roles;
            for (Element collection : children(element, "resource-collection")) {
                resources.add(new Resources(texts(collection, "servlet-name"), texts(collection, "sip-method")));
            }
        }

        private boolean covers(String servlet, String method) {
            return resources.stream().anyMatch(each -> each.cover(servlet, method));
        }

        /** Whether the application asks as a proxy. */
        boolean proxy() {
            return proxy;
        }

        /** Whether one of a user's roles will do; a star stands for any user. */
        boolean admits(Set<String> users) {
            return roles.contains("*") || !Collections.disjoint(roles, users);
        }
    }

    /** Methods to servlets; where none is named, all are meant. */
    private static final class Resources {
        private final Set<String> servlets;
        private final Set<String> methods;

        Resources(Set<String> servlets, Set<String> methods) {
            this.servlets = servlets;
            this.methods = methods;
        }

        boolean cover(String servlet, String method) {
            return (servlets.isEmpty() || servlets.contains(servlet))
                    && (methods.isEmpty() || methods.contains(method));
        }
    }
}

package org.pinhole.app.pcscf;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.pinhole.app.chain.SipFormatException;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;
import org.xml.sax.SAXParseException;
import org.xml.sax.helpers.DefaultHandler;

/** Reads which registrations are over from the body of a NOTIFY of the reg event (RFC 3680 §5). Pure. */
final class RegistrationInfo {
    private static final String NAMESPACE = "urn:ietf:params:xml:ns:reginfo";
    private static final String TERMINATED = "terminated";

    private RegistrationInfo() {}

    /**
     * The registrations that are terminated, and the Contacts that are in one that goes on.
     *
     * @throws SipFormatException when it is no such document; one that declares a document type is none
     */
    static List<EndedRegistration> endedIn(byte[] document) {
        Element root = parsed(document);
        List<EndedRegistration> ended = new ArrayList<>();
        for (Element registration : elements(root, "registration")) {
            PublicIdentity identity = PublicIdentity.find(registration.getAttribute("aor"));
            if (identity == null) {
                continue;
            }
            if (registration.getAttribute("state").equals(TERMINATED)) {
                ended.add(new EndedRegistration(identity, null));
            } else {
                addContacts(registration, identity, ended);
            }
        }
        return ended;
    }

    /** A Contact that was bound twice, and is bound once still, has not ended. */
    private static void addContacts(Element registration, PublicIdentity identity, List<EndedRegistration> ended) {
        List<String> active = new ArrayList<>();
        List<String> terminated = new ArrayList<>();
        for (Element contact : elements(registration, "contact")) {
            List<Element> uris = elements(contact, "uri");
            String uri = uris.isEmpty() ? "" : uris.get(0).getTextContent().trim();
            (contact.getAttribute("state").equals(TERMINATED) ? terminated : active).add(uri);
        }
        terminated.removeAll(active);
        terminated.forEach(uri -> ended.add(new EndedRegistration(identity, uri)));
    }

    private static Element parsed(byte[] document) {
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
            factory.setNamespaceAware(true);
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            DocumentBuilder builder = factory.newDocumentBuilder();
            builder.setErrorHandler(new Silent());
            Element root = builder.parse(new ByteArrayInputStream(document)).getDocumentElement();
            if (!NAMESPACE.equals(root.getNamespaceURI()) || !"reginfo".equals(root.getLocalName())) {
                throw new SipFormatException("not a reginfo document");
            }
            return root;
        } catch (SAXException | IOException malformed) {
            throw new SipFormatException("not a well-formed document");
        } catch (ParserConfigurationException unsafe) {
            throw new IllegalStateException("this JVM's XML parser cannot be kept from reading other files", unsafe);
        }
    }

    private static List<Element> elements(Element parent, String name) {
        List<Element> elements = new ArrayList<>();
        NodeList children = parent.getChildNodes();
        for (int i = 0; i < children.getLength(); i++) {
            if (children.item(i) instanceof Element
                    && name.equals(children.item(i).getLocalName())) {
                elements.add((Element) children.item(i));
            }
        }
        return elements;
    }

    /** Or the parser would print what it finds. */
    private static final class Silent extends DefaultHandler {
        @Override
        public void fatalError(SAXParseException fault) throws SAXException {
            throw fault;
        }
    }
}

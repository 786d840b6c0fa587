package org.pinhole.connector.hook;

import java.io.File;
import java.util.ArrayList;
import java.util.List;
import org.pinhole.api.Transport;
import org.pinhole.bridge.DeploymentRefused;
import org.pinhole.connector.tls.ClientTrust;
import org.pinhole.connector.transport.ConnectorAddress;

/**
 * Whose certificates each connector of an application asks its phones for. {@code pinhole.tls.client-auth} is one value for
 * all its TLS connectors, or one for each connector in their order; {@code pinhole.tls.client-ca-file} is one file for all
 * that ask, or one for each that asks, in the same order.
 */
final class TlsClients {
    private static final String NONE = "none";

    private final String application;
    private final Settings settings;
    private final List<ConnectorAddress> connectors;

    private TlsClients(String application, Settings settings, List<ConnectorAddress> connectors) {
        this.application = application;
        this.settings = settings;
        this.connectors = connectors;
    }

    /**
     * In the order of the connectors; nobody is asked in the clear.
     *
     * @throws DeploymentRefused naming the parameter, its value and what is expected
     */
    static List<ClientTrust> of(
            String application, Settings settings, ContainerFiles files, List<ConnectorAddress> connectors) {
        TlsClients clients = new TlsClients(application, settings, connectors);
        List<String> asked = clients.asked();
        List<File> authorities = clients.authorities(asked, files);
        List<ClientTrust> trusts = new ArrayList<>();
        int asking = 0;
        for (String one : asked) {
            trusts.add(
                    NONE.equals(one)
                            ? ClientTrust.NONE
                            : ClientTrust.asked(
                                    "required".equals(one), authorities.get(authorities.size() == 1 ? 0 : asking++)));
        }
        return trusts;
    }

    /** What each connector's phones are asked for, in the parameter's words. */
    private List<String> asked() {
        List<String> given = texts(Parameter.CLIENT_AUTH);
        boolean oneForAll = given.size() == 1;
        if (!oneForAll && given.size() != connectors.size()) {
            throw refusal(
                    Parameter.CLIENT_AUTH,
                    "one for all connectors, or one for each of the " + connectors.size() + " in "
                            + Parameter.CONNECTOR.key() + ", in their order, expected");
        }
        List<String> asked = new ArrayList<>();
        for (int i = 0; i < connectors.size(); i++) {
            boolean secure = connectors.get(i).transport() == Transport.TLS;
            String one = oneForAll ? (secure ? given.get(0) : NONE) : given.get(i);
            if (!secure && !NONE.equals(one)) {
                throw refusal(Parameter.CLIENT_AUTH, connectors.get(i) + " has no TLS; none expected in its place");
            }
            asked.add(one);
        }
        return asked;
    }

    private List<File> authorities(List<String> asked, ContainerFiles files) {
        int asking = 0;
        for (String one : asked) {
            asking += NONE.equals(one) ? 0 : 1;
        }
        List<File> authorities = new ArrayList<>();
        if (asking == 0) {
            return authorities;
        }
        if (settings.get(Parameter.CLIENT_CA_FILE).isEmpty()) {
            throw refusal(
                    Parameter.CLIENT_AUTH,
                    Parameter.CLIENT_CA_FILE.key()
                            + " is not set; set it to the authorities whose certificates are taken");
        }
        for (String path : texts(Parameter.CLIENT_CA_FILE)) {
            authorities.add(files.resolve(path));
        }
        if (authorities.size() != 1 && authorities.size() != asking) {
            throw refusal(
                    Parameter.CLIENT_CA_FILE,
                    "one file for all connectors that ask, or one for each of the " + asking
                            + ", in their order, expected");
        }
        return authorities;
    }

    private List<String> texts(Parameter parameter) {
        List<String> texts = new ArrayList<>();
        for (String text : settings.get(parameter).split(",", -1)) {
            texts.add(text.trim());
        }
        return texts;
    }

    private DeploymentRefused refusal(Parameter parameter, String words) {
        return new DeploymentRefused(
                application + ": " + parameter.key() + "=" + settings.get(parameter) + ": " + words);
    }
}

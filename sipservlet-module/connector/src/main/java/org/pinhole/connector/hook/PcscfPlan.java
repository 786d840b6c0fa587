package org.pinhole.connector.hook;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.pinhole.bridge.DeploymentRefused;

/** What the role {@code p-cscf} needs and what it cannot go with; its parameters are for no other role. */
final class PcscfPlan {
    private static final String ROLE = "p-cscf";
    private static final List<Parameter> ITS_OWN = Collections.unmodifiableList(Arrays.asList(
            Parameter.PCSCF_VISITED_NETWORK,
            Parameter.PCSCF_REGISTRATION_SECONDS,
            Parameter.PCSCF_SERVICE_ROUTE,
            Parameter.PCSCF_EMERGENCY,
            Parameter.PCSCF_EMERGENCY_NUMBERS,
            Parameter.PCSCF_3GPP_ACCESS,
            Parameter.PCSCF_REG_EVENT,
            Parameter.PCSCF_CORE_SOURCES));

    private PcscfPlan() {}

    /** The same settings with what follows from the role: phones keep their Contacts, and our Path leads to them. */
    static Settings completed(Settings settings) {
        return isRoleOf(settings) && !settings.isGiven(Parameter.CONTACT)
                ? settings.with(Parameter.CONTACT, "path")
                : settings;
    }

    /** Refuses a deployment whose settings do not go together. */
    static void require(String application, Settings settings) {
        if (!isRoleOf(settings)) {
            for (Parameter parameter : ITS_OWN) {
                if (!settings.get(parameter).equals(parameter.defaultValue())) {
                    refuse(application, parameter, settings, "is for " + Parameter.ROLE.key() + "=" + ROLE);
                }
            }
            return;
        }
        if (settings.get(Parameter.NEXT_HOP).isEmpty()) {
            refuse(application, Parameter.NEXT_HOP, settings, "the core's address expected: " + forRole());
        }
        if (settings.get(Parameter.PCSCF_VISITED_NETWORK).isEmpty()) {
            refuse(
                    application,
                    Parameter.PCSCF_VISITED_NETWORK,
                    settings,
                    "our network's domain expected: " + forRole());
        }
        if (!settings.get(Parameter.CONTACT).equals("path")) {
            refuse(application, Parameter.CONTACT, settings, "path expected: " + forRole());
        }
        if (settings.get(Parameter.CONTAINER_DIGEST).equals("on")) {
            refuse(application, Parameter.CONTAINER_DIGEST, settings, "has no users here: " + forRole());
        }
        if (!settings.get(Parameter.TURN_URIS).isEmpty()) {
            refuse(application, Parameter.TURN_URIS, settings, "phones are told of TURN as edge or registrar only");
        }
        if (!settings.get(Parameter.TURN_KEY_LOOKUP_TOKEN_FILE).isEmpty()) {
            refuse(application, Parameter.TURN_KEY_LOOKUP_TOKEN_FILE, settings, "has no users here: " + forRole());
        }
    }

    private static boolean isRoleOf(Settings settings) {
        return settings.get(Parameter.ROLE).equals(ROLE);
    }

    private static String forRole() {
        return "with " + Parameter.ROLE.key() + "=" + ROLE + " the core authenticates the users";
    }

    private static void refuse(String application, Parameter parameter, Settings settings, String words) {
        throw new DeploymentRefused(
                application + ": " + parameter.key() + "=" + settings.get(parameter) + ": " + words);
    }
}

package org.pinhole.app.pcscf;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * What goes out for what comes in, word for word; the files say why. The chain stands above the connector, whose part (Path,
 * Record-Route, keep, and what is taken off towards a phone) has tests of its own there, and PcscfIT has it on a wire.
 */
class GoldenMessagesTest {
    @Test
    @Tag("D-12")
    @Tag("D-16")
    @Tag("P-10")
    @Tag("P-11")
    @Tag("P-12")
    @Tag("P-14")
    @Tag("P-15")
    @Tag("P-16")
    @Tag("P-26")
    void aRegistrationGoesToTheCoreAndBindsTheFlow() throws Exception {
        assertGolden("registration");
    }

    @Test
    @Tag("P-4")
    @Tag("P-11")
    @Tag("P-15")
    @Tag("P-20")
    @Tag("P-21")
    @Tag("P-24")
    void aRequestGoesTheRouteOfItsRegistrationInTheNameOfItsFlow() throws Exception {
        assertGolden("requests");
    }

    @Test
    @Tag("P-21")
    void anotherRouteIsRefusedWhereItIsChecked() throws Exception {
        assertGolden("route-checked");
    }

    @Test
    @Tag("P-5")
    @Tag("P-23")
    @Tag("P-27")
    void whatTheCoreSendsGoesToTheFlowThatIsBound() throws Exception {
        assertGolden("terminating");
    }

    @Test
    @Tag("P-23")
    void nobodyButTheCoreSendsToPhones() throws Exception {
        assertGolden("strangers");
    }

    @Test
    @Tag("P-4")
    void anEmergencyIsSentOnWhoeverCalls() throws Exception {
        assertGolden("emergency");
    }

    @Test
    @Tag("P-4")
    void anEmergencyIsRefusedWithAWayOutAndWithoutAChallenge() throws Exception {
        assertGolden("emergency-refused");
    }

    @Test
    @Tag("P-6")
    void whoInsistsOnAnAgreementGetsTheOneThatThereIs() throws Exception {
        assertGolden("security-agreement");
    }

    @Test
    @Tag("P-13")
    @Tag("P-14")
    void withoutTlsTheConnectionIsTheAssociation() throws Exception {
        assertGolden("in-the-clear");
    }

    @Test
    @Tag("P-12")
    @Tag("P-17")
    @Tag("P-18")
    void anAssociationEndsWithItsRegistration() throws Exception {
        assertGolden("endings");
    }

    @Test
    @Tag("P-17")
    @Tag("P-21")
    void aRenewalChangesTheRoute() throws Exception {
        assertGolden("renewal");
    }

    @Test
    @Tag("P-12")
    void aRegisterIsOneUsersAlone() throws Exception {
        assertGolden("several-users");
    }

    @Test
    @Tag("P-15")
    void whoGivesUpAllHisRegistrationsHasNoneOnAnyFlow() throws Exception {
        assertGolden("given-up");
    }

    @Test
    void aFlowIsItsUsersByHisAddressOfRecord() throws Exception {
        Conversation conversation = new Conversation();

        conversation.replayed(Conversation.file("registration"));

        assertThat(conversation.flow("f").identity()).isEqualTo("sip:alice@home1.example");
    }

    private static void assertGolden(String name) throws Exception {
        String golden = Conversation.file(name);

        String replayed = new Conversation().replayed(golden);

        assertThat(replayed).isEqualTo(golden);
    }
}

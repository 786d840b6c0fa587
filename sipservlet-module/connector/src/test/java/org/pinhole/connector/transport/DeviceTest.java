package org.pinhole.connector.transport;

import static org.assertj.core.api.Assertions.assertThat;

import gov.nist.javax.sip.message.SIPRequest;
import java.text.ParseException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class DeviceTest {
    private static final String INSTANCE = "\"<urn:uuid:00000000-0000-1000-8000-00000000000a>\"";

    @Test
    void aDeviceIsKnownByItsInstanceWhateverItsContact() throws ParseException {
        String first = name("Contact: <sip:alice@10.1.2.3:49152>;+sip.instance=" + INSTANCE);
        String again = name("Contact: <sip:alice@10.9.9.9:50000>;+sip.instance=" + INSTANCE);

        assertThat(first).isEqualTo(again).contains("urn:uuid");
    }

    @Test
    void oneThatNamesNoneIsKnownByItsOwnHostWhicheverPortItHasGot() throws ParseException {
        assertThat(name("Contact: <sip:alice@10.1.2.3:49152>"))
                .isEqualTo(name("Contact: <sip:alice@10.1.2.3:50000>"))
                .isNotEqualTo(name("Contact: <sip:alice@10.1.2.4:49152>"));
    }

    @Test
    void itIsItsUsersOrWhereNobodyIsAskedItsAddressOfRecords() throws ParseException {
        Device device = device("Contact: <sip:alice@10.1.2.3:49152>");

        assertThat(device).isNotNull();
        assertThat(device.nameFor("sip:mallory@pinhole.test")).isEqualTo("sip:mallory@pinhole.test at 10.1.2.3");
        assertThat(device.nameFor(null)).endsWith(" at 10.1.2.3").doesNotContain("mallory");
    }

    @Test
    void whoSaysTooLittleOrTooMuchIsNoneThatCouldBeKnownAgain() throws ParseException {
        String huge = new String(new char[300]).replace('\0', 'x');

        assertThat(device("Subject: no Contact")).isNull();
        assertThat(device("Contact: *")).isNull();
        assertThat(device("Contact: <sip:alice@10.1.2.3>;+sip.instance=\"" + huge + "\""))
                .isNull();
    }

    private static String name(String header) throws ParseException {
        Device device = device(header);
        return device == null ? "nobody" : device.nameFor(null);
    }

    private static @Nullable Device device(String header) throws ParseException {
        return Device.of((SIPRequest) SipText.request("REGISTER", "sip:pinhole.test", header));
    }
}

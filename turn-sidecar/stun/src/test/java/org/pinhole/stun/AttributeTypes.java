package org.pinhole.stun;

import java.util.List;

/** Every attribute type of the codec, for the tests that must hold for all of them. */
final class AttributeTypes {
    static final List<AttributeType<?>> ALL = List.of(
            MappedAddress.TYPE,
            Username.TYPE,
            MessageIntegrity.TYPE,
            ErrorCode.TYPE,
            UnknownAttributes.TYPE,
            ChannelNumber.TYPE,
            Lifetime.TYPE,
            XorPeerAddress.TYPE,
            DataAttribute.TYPE,
            Realm.TYPE,
            Nonce.TYPE,
            XorRelayedAddress.TYPE,
            RequestedAddressFamily.TYPE,
            EvenPort.TYPE,
            RequestedTransport.TYPE,
            DontFragment.TYPE,
            MessageIntegritySha256.TYPE,
            PasswordAlgorithm.TYPE,
            UserHash.TYPE,
            XorMappedAddress.TYPE,
            ReservationToken.TYPE,
            ConnectionId.TYPE,
            AdditionalAddressFamily.TYPE,
            PasswordAlgorithms.TYPE,
            Software.TYPE,
            AddressErrorCode.TYPE,
            AlternateDomain.TYPE,
            AlternateServer.TYPE,
            Icmp.TYPE);

    private AttributeTypes() {}
}

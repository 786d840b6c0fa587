package org.pinhole.suite.demo;

import static org.pinhole.suite.demo.Script.expect;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import org.pinhole.ue.turn.Channel;
import org.pinhole.ue.turn.EchoResult;
import org.pinhole.ue.turn.RelayEcho;
import org.pinhole.ue.turn.TurnRefused;

/** Media from one phone's relay to the other's and back. */
final class RelayScene {
    private final MediaPhone near;
    private final MediaPhone far;
    private @Nullable Channel toFar;
    private @Nullable Channel toNear;

    RelayScene(MediaPhone near, MediaPhone far) {
        this.near = near;
        this.far = far;
    }

    String permissions() throws IOException, StepFailed {
        near.relay().permit(far.relayed());
        far.relay().permit(near.relayed());
        return "CreatePermission for each other's relay -> success";
    }

    String channels() throws IOException, StepFailed {
        Channel there = near.relay().bindChannel(far.relayed());
        Channel back = far.relay().bindChannel(near.relayed());
        toFar = there;
        toNear = back;
        return "ChannelBind -> success, " + there + " and " + back;
    }

    String packets() throws IOException, StepFailed {
        Channel there = toFar;
        Channel back = toNear;
        if (there == null || back == null) {
            throw new StepFailed("no channels were bound");
        }
        EchoResult result = new RelayEcho(near.relay(), there, far.relay(), back, InstantSource.system())
                .run(MediaConfig.PACKETS, MediaConfig.PACKET_BYTES);
        return expect(result.clean(), result.toString());
    }

    /** The relay is no way into the network that it stands in. */
    String forbidden(InetSocketAddress peer) throws IOException, StepFailed {
        return expect(
                permission(peer) == 403 && channel(peer) == 403,
                "CreatePermission and ChannelBind for " + peer.getAddress().getHostAddress() + " -> 403");
    }

    private int permission(InetSocketAddress peer) throws IOException, StepFailed {
        try {
            near.relay().permit(peer);
            return 0;
        } catch (TurnRefused refused) {
            return refused.code();
        }
    }

    private int channel(InetSocketAddress peer) throws IOException, StepFailed {
        try {
            near.relay().bindChannel(peer);
            return 0;
        } catch (TurnRefused refused) {
            return refused.code();
        }
    }
}

package org.pinhole.ue.call;

import org.pinhole.ue.ice.CandidatePair;

/** What the media of a call tell, on their own loop. */
public interface CallListener {
    /** A stream stands: {@code audio} with all that is bundled, or {@code message}. */
    void connected(String stream, CandidatePair pair);

    /** A stream did not come about or is gone. */
    void failed(String stream, String reason);

    /** A message of the far end's. */
    void message(String text);

    /** What became of a message of ours: {@code 200} from the far end's REPORT, or what it was refused with. */
    void delivered(String messageId, int status);
}

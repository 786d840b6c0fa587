package org.pinhole.ue.call;

/**
 * What a call is to have.
 *
 * @param video a test picture, in one bundle with the audio
 * @param messages an MSRP session
 */
public record Media(boolean audio, boolean video, boolean messages) {
    public Media {
        if (video && !audio) {
            throw new IllegalArgumentException("video is bundled with audio, and comes with it only");
        }
        if (!audio && !messages) {
            throw new IllegalArgumentException("a call needs audio or messages");
        }
    }
}

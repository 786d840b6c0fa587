package org.pinhole.ue.sip;

/** Where the outcome of a request goes. Called on the loop. */
interface ResponseHandler {
    /** A response, provisional or final; {@code request} is the request as it was last sent. */
    void response(SipRequest request, SipResponse response);

    /** No final response came or will come. */
    void failed(String reason);
}

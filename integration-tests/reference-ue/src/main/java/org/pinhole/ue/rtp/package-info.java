/** RTP and RTCP on one stream, with sources that need no device (RFC 3550, 3551, 5761). No sockets, no clock. */
package org.pinhole.ue.rtp;

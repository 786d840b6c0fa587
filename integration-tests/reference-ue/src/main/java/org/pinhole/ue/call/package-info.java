/** The media of one call: what is offered and answered, the streams that ICE makes, and what runs over them. */
package org.pinhole.ue.call;

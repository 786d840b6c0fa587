/** What a SIP application sees of Pinhole: the flows its users' phones arrived on. JDK types only. */
package org.pinhole.api;

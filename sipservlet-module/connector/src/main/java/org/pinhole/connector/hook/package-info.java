/**
 * Where the container meets the connector: its applications and their parameters, its service, its router. Knows the
 * types of Mobicents SIP Servlets; everything downstream knows only jain-sip.
 */
package org.pinhole.connector.hook;

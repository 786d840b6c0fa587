/** Proxies that a PAC script names, evaluated in a JavaScript engine that can reach nothing but the standard's functions. */
package org.pinhole.ue.pac;

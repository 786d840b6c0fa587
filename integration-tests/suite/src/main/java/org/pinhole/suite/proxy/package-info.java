/** A stand-in for the proxies that phones meet: HTTP CONNECT to listed ports only, with an access log. */
package org.pinhole.suite.proxy;

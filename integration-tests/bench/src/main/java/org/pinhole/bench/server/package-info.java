/** The servers under load, each in a process of its own, and what the system says about that process. */
package org.pinhole.bench.server;

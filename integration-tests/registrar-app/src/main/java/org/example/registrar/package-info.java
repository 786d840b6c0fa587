/**
 * A user's SIP application as it stands before Pinhole is installed: a registrar that stores Contacts as they come, and a
 * record-routing proxy to the newest of them. It knows nothing of flows, Path or Pinhole.
 */
package org.example.registrar;

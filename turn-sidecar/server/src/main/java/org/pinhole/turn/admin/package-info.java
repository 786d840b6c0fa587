/** What an operator sees and says while the server runs: metrics, status, drain and reload, on loopback with a token. */
package org.pinhole.turn.admin;

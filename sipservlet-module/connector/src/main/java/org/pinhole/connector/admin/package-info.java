/** What an operator sees of the connectors and does to them while they run: numbers, drain, the control port. */
package org.pinhole.connector.admin;

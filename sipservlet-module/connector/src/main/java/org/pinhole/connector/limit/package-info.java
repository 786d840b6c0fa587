/** What a connector takes and no more: connections, deadlines, sizes, what it remembers. Knows addresses and numbers, no channel and no log. */
package org.pinhole.connector.limit;

package org.pinhole.ue.discovery;

import java.io.IOException;
import java.util.List;

/** Looks records up. Blocks. Both are empty where there are none, and an exception where nobody answers. */
public interface DnsRecords {
    /** Every NAPTR record under that name. */
    List<NaptrRecord> naptr(String name) throws IOException;

    /** Every SRV record under that name that leads somewhere: the target "." says that there is no service (RFC 2782). */
    List<SrvRecord> srv(String name) throws IOException;
}

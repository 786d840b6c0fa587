package org.pinhole.ue.discovery;

import java.io.IOException;
import java.util.List;

/** Looks records up, as text in the master file's form (RFC 1035 §5.1). Blocks. */
public interface DnsRecords {
    /** Every record of that type under that name; empty when there is none, an exception when nobody answers. */
    List<String> find(String name, String type) throws IOException;
}

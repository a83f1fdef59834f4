package org.gemel.mirror;

import java.util.List;

/**
 * How a pass to a server ended.
 *
 * @param pass the pass; complete means equal in all that the server keeps
 * @param remarks what the server does not keep, each said once, in words with their numbers
 */
public record RemoteReport(MirrorReport pass, List<String> remarks) {
  public RemoteReport {
    remarks = List.copyOf(remarks);
  }
}

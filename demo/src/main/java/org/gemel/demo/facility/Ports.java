package org.gemel.demo.facility;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Ports of the loopback address that are free now. A port kept from an earlier start is taken again
 * if it is still free, so that addresses people noted stay true.
 */
final class Ports {
  private Ports() {}

  /**
   * Chooses a port for each name.
   *
   * @param wanted by name; 0 where any will do
   * @return by name, all different
   */
  static Map<String, Integer> choose(Map<String, Integer> wanted) throws IOException {
    Map<String, Integer> chosen = new LinkedHashMap<>();
    // Held open until all are chosen: the kernel would hand out a port twice otherwise.
    List<ServerSocket> held = new ArrayList<>();
    try {
      for (Map.Entry<String, Integer> entry : wanted.entrySet()) {
        ServerSocket socket = bind(entry.getValue());
        held.add(socket);
        chosen.put(entry.getKey(), socket.getLocalPort());
      }
      return chosen;
    } finally {
      for (ServerSocket socket : held) {
        socket.close();
      }
    }
  }

  private static ServerSocket bind(int wanted) throws IOException {
    if (wanted != 0) {
      try {
        return open(wanted);
      } catch (IOException e) {
        System.err.println(
            "port " + wanted + " is taken by now (" + e.getMessage() + "), choosing another");
      }
    }
    return open(0);
  }

  private static ServerSocket open(int port) throws IOException {
    ServerSocket socket = new ServerSocket();
    try {
      // As servers do, so that a port with connections that linger from the last run counts as
      // free.
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      return socket;
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }
}

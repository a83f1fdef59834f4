package org.gemel.database;

import java.nio.file.Path;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** Two servers for a class of tests, Y following X before each of them. */
@NullUnmarked // fields are set before each test, not by a constructor
abstract class ReversedNewsroom {
  @TempDir static Path folder;
  static Servers servers;
  static Newsroom newsroom;
  static Newsroom.Side x;
  static Newsroom.Side y;

  @BeforeAll
  static void startServers() throws Exception {
    servers = new Servers(folder);
    newsroom = new Newsroom(servers, "Reversed \"Käse\"");
    x = newsroom.x;
    y = newsroom.y;
  }

  @AfterAll
  static void stopServers() throws Exception {
    servers.stop();
  }

  @BeforeEach
  void startReplication() throws Exception {
    newsroom.fill(500);
    newsroom.startReplication(x, y, 1);
  }
}

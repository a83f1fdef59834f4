package org.gemel.bench.peer;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.gemel.bench.process.Fresh;
import org.gemel.bench.process.Timed;
import org.gemel.bench.process.Tool;
import org.gemel.bench.tree.Keeps;

/**
 * The servers of one work, all up for its whole length, and the contestants that push a tree to
 * them. What cannot be started is left out with its reason, not a failure of the bench.
 */
public final class Network implements AutoCloseable {
  public static final String PLAIN = "gemel agents, plain";
  public static final String TLS = "gemel agents, TLS";
  public static final String RSYNC = "rsync daemon";
  public static final String LFTP = "lftp -P6, FTP";
  public static final String RCLONE = "rclone sync, FTP";

  private final Gemel gemel;
  private final Path root;
  private final Path scratch;
  private final Timed timed;
  private final Deque<AutoCloseable> servers = new ArrayDeque<>();

  /** Targets lie below the root. */
  public Network(Gemel gemel, Path root, Path scratch, Timed timed) {
    this.gemel = gemel;
    this.root = root;
    this.scratch = scratch;
    this.timed = timed;
  }

  /** Gemel's agents and everybody who does the same work. */
  public List<Contestant> all() throws InterruptedException {
    List<Contestant> all = new ArrayList<>();
    all.add(agents(PLAIN, true, false));
    all.add(agents(TLS, false, false));
    all.add(rsync(RSYNC, "-a"));
    all.addAll(ftp());
    return all;
  }

  /** Prepares a target for whoever writes to it. */
  public static void open(Path target) throws IOException {
    if (Fresh.asRoot()) {
      FtpServer.open(target);
    }
  }

  /**
   * Gemel at both ends.
   *
   * @param plain authenticated by a secret and not encrypted
   * @param remembers whether the end with the target keeps what it has mirrored
   */
  public Contestant agents(String name, boolean plain, boolean remembers)
      throws InterruptedException {
    String absent = gemel.servesNot();
    if (absent.isEmpty() && !plain) {
      absent = LocalPeers.absent(Tool.OPENSSL);
    }
    if (absent.isEmpty()) {
      try {
        LinkKeys keys = plain ? LinkKeys.plain(scratch) : LinkKeys.tls(scratch, timed);
        GemelServer server = opened(GemelServer.start(gemel, keys, remembers, root, scratch));
        return server.contestant(gemel, name);
      } catch (IOException e) {
        absent = String.valueOf(e.getMessage());
      }
    }
    return leftOut(name, true, absent);
  }

  public Contestant rsync(String name, String... options) throws InterruptedException {
    String absent = LocalPeers.absent(Tool.RSYNC);
    if (absent.isEmpty()) {
      try {
        return opened(RsyncDaemon.start(root, scratch)).contestant(name, options);
      } catch (IOException e) {
        absent = String.valueOf(e.getMessage());
      }
    }
    return leftOut(name, false, absent);
  }

  @Override
  public void close() {
    while (!servers.isEmpty()) {
      try {
        servers.pop().close();
      } catch (Exception e) {
        throw new IllegalStateException("found a server that cannot be ended: " + e, e);
      }
    }
  }

  private List<Contestant> ftp() throws InterruptedException {
    String server = LocalPeers.absent(Tool.VSFTPD);
    String lftp = LocalPeers.absent(Tool.VSFTPD, Tool.LFTP);
    String rclone = LocalPeers.absent(Tool.VSFTPD, Tool.RCLONE);
    try {
      if (server.isEmpty()) {
        FtpServer ftp = opened(FtpServer.start(root, scratch));
        return List.of(
            lftp.isEmpty() ? ftp.lftp() : leftOut(LFTP, false, lftp),
            rclone.isEmpty() ? ftp.rclone(timed) : leftOut(RCLONE, false, rclone));
      }
    } catch (IOException e) {
      lftp = String.valueOf(e.getMessage());
      rclone = lftp;
    }
    return List.of(leftOut(LFTP, false, lftp), leftOut(RCLONE, false, rclone));
  }

  private <S extends AutoCloseable> S opened(S server) {
    servers.push(server);
    return server;
  }

  private static Contestant leftOut(String name, boolean gemel, String absent) {
    Contestant.CommandLine none =
        (from, to) -> {
          throw new IllegalStateException(name + " takes no part: " + absent);
        };
    return gemel
        ? Contestant.gemel(name, absent, none)
        : Contestant.peer(name, Keeps.CONTENT, absent, none);
  }
}

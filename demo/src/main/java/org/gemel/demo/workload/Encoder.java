package org.gemel.demo.workload;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Makes a proxy of each new asset on its side, and removes the proxies of retired ones. */
final class Encoder implements Workload {
  private static final String WITHOUT_PROXY =
      "SELECT id, file, sha256 FROM assets a WHERE kind = 'media' AND NOT retired AND device <> 'seed'"
          + " AND NOT EXISTS (SELECT FROM assets p WHERE p.parent_id = a.id) ORDER BY id DESC LIMIT 1";
  private static final String RETIRED =
      "SELECT p.uuid FROM assets p JOIN assets a ON a.id = p.parent_id WHERE a.retired AND p.device = ? ORDER BY p.id";

  private final WorkloadConfig config;
  private final Deeds deeds;
  private final Stock stock;
  private final NewsroomConnection database;
  private final InstantSource clock;

  Encoder(
      WorkloadConfig config,
      Deeds deeds,
      Stock stock,
      NewsroomConnection database,
      InstantSource clock) {
    this.config = config;
    this.deeds = deeds;
    this.stock = stock;
    this.database = database;
    this.clock = clock;
  }

  private record Source(long id, String file, String sha256) {}

  @Override
  public void workOnce() throws IOException {
    try {
      Mount mount = Mount.resolve(config.mount());
      Connection connection = database.begin(mount.side());
      @Nullable Source source = withoutProxy(connection);
      @Nullable JournalLine retired = retired(connection);
      connection.rollback();
      if (source != null) {
        encode(mount, source);
      }
      if (retired != null) {
        stock.take(deeds.perform(mount, new AssetDelete(delete(mount, retired), retired)));
      }
    } catch (SQLException | Refusal e) {
      database.drop();
      System.out.printf("%s REFUSED before it began: %s%n", clock.instant(), e);
    }
  }

  private void encode(Mount mount, Source source) throws IOException, Refusal {
    Path media = mount.file(source.file());
    if (!Files.exists(media)) {
      throw new Refusal(
          "found no file " + source.file() + " on " + mount.side() + " for asset " + source.id());
    }
    byte[] content = Files.readAllBytes(media);
    if (!DurableFiles.sha256(content).equals(source.sha256())) {
      throw new Refusal(
          "found other bytes in "
              + source.file()
              + " on "
              + mount.side()
              + " than asset "
              + source.id()
              + " says");
    }
    byte[] proxy = Wave.proxy(content);
    long number = stock.nextNumber();
    String file = String.format(Locale.ROOT, "Proxies/%s/proxy %06d.wav", config.device(), number);
    JournalLine line =
        new JournalLine(
            Phase.BEGUN,
            Act.CREATE,
            number,
            UUID.randomUUID(),
            mount.side(),
            "assets",
            0,
            file,
            proxy.length,
            DurableFiles.sha256(proxy),
            AssetRows.NEW_VERSION,
            clock.instant(),
            "");
    stock.take(deeds.perform(mount, new Encoding(line, config.device(), source.id(), proxy)));
  }

  private JournalLine delete(Mount mount, JournalLine last) {
    return new JournalLine(
        Phase.BEGUN,
        Act.DELETE,
        stock.nextNumber(),
        last.item(),
        mount.side(),
        last.table(),
        last.row(),
        last.file(),
        last.size(),
        last.sha256(),
        last.version() + 1,
        clock.instant(),
        "");
  }

  private static @Nullable Source withoutProxy(Connection connection) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(WITHOUT_PROXY);
        ResultSet row = statement.executeQuery()) {
      return row.next() ? new Source(row.getLong(1), row.getString(2), row.getString(3)) : null;
    }
  }

  private @Nullable JournalLine retired(Connection connection) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(RETIRED)) {
      statement.setString(1, config.device());
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          UUID wanted = row.getObject(1, UUID.class);
          for (JournalLine own : stock.present()) {
            if (own.item().equals(wanted)) {
              return own;
            }
          }
        }
      }
    }
    return null;
  }

  private static final class Encoding implements Deed {
    private final JournalLine line;
    private final String device;
    private final long parent;
    private final byte[] proxy;

    private Encoding(JournalLine line, String device, long parent, byte[] proxy) {
      this.line = line;
      this.device = device;
      this.parent = parent;
      this.proxy = proxy;
    }

    @Override
    public JournalLine line() {
      return line;
    }

    @Override
    public long rows(Connection connection, JournalLine begun) throws SQLException {
      return AssetRows.insertProxy(connection, device, parent, begun);
    }

    @Override
    public void files(Mount mount, JournalLine begun) throws IOException {
      DurableFiles.write(mount.file(begun.file()), proxy);
    }

    @Override
    public void takeBack(Mount mount, JournalLine begun) throws IOException {
      Files.deleteIfExists(mount.file(begun.file()));
    }
  }
}

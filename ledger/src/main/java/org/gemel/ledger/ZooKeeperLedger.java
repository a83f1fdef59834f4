package org.gemel.ledger;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.CuratorFrameworkFactory;
import org.apache.curator.framework.api.ACLProvider;
import org.apache.curator.retry.RetryUntilElapsed;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.KeeperException;
import org.apache.zookeeper.ZooDefs;
import org.apache.zookeeper.data.ACL;
import org.apache.zookeeper.data.Stat;

/**
 * The ledger on ZooKeeper.
 *
 * <p>A write whose answer was lost on the way is tried again, and may then meet itself: a conflict
 * with a document that carries the very next version and the very same bytes is our own first try,
 * and counts as written.
 *
 * <p>Every node can be read and written only by who knows the site's secret.
 */
public final class ZooKeeperLedger implements Ledger {
  private final CuratorFramework client;

  private ZooKeeperLedger(CuratorFramework client) {
    this.client = client;
  }

  /**
   * Connects.
   *
   * @param addresses host:port of each keeper, parted by commas
   * @param secret what guards the nodes; the same for every control point of the site
   * @throws LedgerFailure if no keeper answers within the time
   */
  public static ZooKeeperLedger connect(String addresses, String secret, Duration within) {
    CuratorFramework client =
        CuratorFrameworkFactory.builder()
            .connectString(addresses)
            .namespace("gemel")
            .sessionTimeoutMs(10_000)
            .connectionTimeoutMs(Math.toIntExact(within.toMillis()))
            .retryPolicy(new RetryUntilElapsed(Math.toIntExact(within.toMillis()), 50))
            .authorization("digest", ("gemel:" + secret).getBytes(UTF_8))
            .aclProvider(new OnlyWhoKnowsTheSecret())
            .build();
    client.start();
    try {
      if (!client.blockUntilConnected(Math.toIntExact(within.toMillis()), TimeUnit.MILLISECONDS)) {
        client.close();
        throw new LedgerFailure(
            "no keeper answered at "
                + addresses
                + " within "
                + within.toSeconds()
                + " s; see whether one runs there");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      client.close();
      throw new LedgerFailure("interrupted while connecting to " + addresses, e);
    }
    return new ZooKeeperLedger(client);
  }

  @Override
  public <T> Optional<Versioned<T>> read(Key<T> key) {
    return attempt(
        "read " + key.path(),
        () -> {
          Stat stat = new Stat();
          try {
            byte[] document = client.getData().storingStatIn(stat).forPath(key.path());
            return Optional.of(
                new Versioned<>(
                    Documents.read(document, key.type(), key.path()), stat.getVersion()));
          } catch (KeeperException.NoNodeException e) {
            return Optional.empty();
          }
        });
  }

  @Override
  public <T> Versioned<T> create(Key<T> key, T value) {
    byte[] document = Documents.write(value);
    return attempt(
        "create " + key.path(),
        () -> {
          try {
            client.create().creatingParentsIfNeeded().forPath(key.path(), document);
          } catch (KeeperException.NodeExistsException e) {
            if (!isOurs(key.path(), document, 0)) {
              throw new LedgerConflict(key.path() + " is there already");
            }
          }
          return new Versioned<>(value, 0);
        });
  }

  @Override
  public <T> Versioned<T> update(Key<T> key, T value, long expectedVersion) {
    byte[] document = Documents.write(value);
    int expected = Math.toIntExact(expectedVersion);
    return attempt(
        "update " + key.path(),
        () -> {
          try {
            client.setData().withVersion(expected).forPath(key.path(), document);
          } catch (KeeperException.BadVersionException e) {
            if (!isOurs(key.path(), document, expected + 1)) {
              throw new LedgerConflict(key.path() + " has another version than " + expected);
            }
          } catch (KeeperException.NoNodeException e) {
            throw new LedgerConflict(key.path() + " is gone");
          }
          return new Versioned<>(value, expectedVersion + 1);
        });
  }

  @Override
  public void delete(Key<?> key, long expectedVersion) {
    attempt(
        "delete " + key.path(),
        () -> {
          try {
            client.delete().withVersion(Math.toIntExact(expectedVersion)).forPath(key.path());
          } catch (KeeperException.BadVersionException e) {
            throw new LedgerConflict(key.path() + " has another version than " + expectedVersion);
          } catch (KeeperException.NoNodeException e) {
            throw new LedgerConflict(key.path() + " is gone");
          }
          return "";
        });
  }

  @Override
  public List<String> names(String folder) {
    return attempt(
        "list /" + folder,
        () -> {
          try {
            return client.getChildren().forPath("/" + folder).stream().sorted().toList();
          } catch (KeeperException.NoNodeException e) {
            return List.of();
          }
        });
  }

  @Override
  public <T> String append(String folder, T value) {
    byte[] document = Documents.write(value);
    return attempt(
        "append to /" + folder,
        () -> {
          String path =
              client
                  .create()
                  .creatingParentsIfNeeded()
                  .withMode(CreateMode.PERSISTENT_SEQUENTIAL)
                  .forPath("/" + folder + "/n", document);
          return path.substring(path.lastIndexOf('/') + 1);
        });
  }

  @Override
  public long next(String counter) {
    Key<Count> key = new Key<>("counters", counter, Count.class);
    String me = UUID.randomUUID().toString();
    Optional<Long> counted;
    do {
      counted = tryToCount(key, me);
    } while (counted.isEmpty());
    return counted.get();
  }

  /** Empty where somebody else counted first: each round, one of those who count gets on. */
  private Optional<Long> tryToCount(Key<Count> key, String me) {
    Optional<Versioned<Count>> now = read(key);
    try {
      if (now.isEmpty()) {
        return Optional.of(create(key, new Count(1, me)).value().number());
      }
      Count next = new Count(now.get().value().number() + 1, me);
      return Optional.of(update(key, next, now.get().version()).value().number());
    } catch (LedgerConflict somebodyElseCounted) {
      return Optional.empty();
    }
  }

  /** A counter's document. {@code by} keeps two callers who write the same number apart. */
  private record Count(long number, String by) {}

  @Override
  public void close() {
    client.close();
  }

  private boolean isOurs(String path, byte[] document, int version) throws Exception {
    Stat stat = new Stat();
    byte[] there = client.getData().storingStatIn(stat).forPath(path);
    return stat.getVersion() == version && Arrays.equals(there, document);
  }

  private interface Call<T> {
    T run() throws Exception;
  }

  private static <T> T attempt(String what, Call<T> call) {
    try {
      return call.run();
    } catch (LedgerFailure e) {
      throw e;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new LedgerFailure("interrupted; wanted to " + what, e);
    } catch (Exception e) {
      throw new LedgerFailure("the keeper refused to " + what + ": " + e.getMessage(), e);
    }
  }

  private static final class OnlyWhoKnowsTheSecret implements ACLProvider {
    @Override
    public List<ACL> getDefaultAcl() {
      return ZooDefs.Ids.CREATOR_ALL_ACL;
    }

    @Override
    public List<ACL> getAclForPath(String path) {
      return ZooDefs.Ids.CREATOR_ALL_ACL;
    }
  }
}

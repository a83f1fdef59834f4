package org.gemel.mirror.remote.sftp;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.sftp.client.SftpClient;
import org.apache.sshd.sftp.client.SftpClient.Attributes;
import org.apache.sshd.sftp.client.SftpClient.CloseableHandle;
import org.apache.sshd.sftp.client.SftpClient.DirEntry;
import org.apache.sshd.sftp.client.SftpClient.OpenMode;
import org.gemel.mirror.remote.RemoteAbilities;
import org.gemel.mirror.remote.RemoteConnection;
import org.gemel.mirror.remote.RemoteEntry;
import org.gemel.mirror.remote.RemoteException;
import org.gemel.mirror.remote.RemoteListing;
import org.gemel.mirror.remote.RemoteNames;
import org.gemel.mirror.remote.RemoteUpload;
import org.gemel.mirror.system.EntryName;
import org.gemel.mirror.system.Timestamp;
import org.gemel.mirror.system.TreePath;

/** One SSH connection with one channel of files. Names go as bytes both ways. */
final class SftpConnection implements RemoteConnection {
  private static final int READABLE_BY_OTHERS = 044;

  private final ClientSession session;
  private final SftpClient client;
  private final String root;
  private final OpenSshCall rename;
  private final OpenSshCall linkStatus;
  private final OpenSshCall sync;
  private final RemoteAbilities abilities;

  SftpConnection(ClientSession session, SftpClient client, String root) {
    this.session = session;
    this.client = client;
    this.root = root;
    client.setNameDecodingCharset(StandardCharsets.ISO_8859_1);
    this.rename = OpenSshCall.posixRename(client);
    this.linkStatus = OpenSshCall.linkStatus(client);
    this.sync = OpenSshCall.sync(client);
    this.abilities =
        new RemoteAbilities(
            true,
            Duration.ofSeconds(1),
            true,
            true,
            true,
            linkStatus.isSupported(),
            rename.isSupported(),
            sync.isSupported());
  }

  @Override
  public RemoteAbilities abilities() {
    return abilities;
  }

  private String at(TreePath path) {
    StringBuilder out = new StringBuilder(root);
    for (EntryName each : path.names()) {
      if (out.length() > 1 || out.charAt(0) != '/') {
        out.append('/');
      }
      out.append(RemoteNames.text(each));
    }
    return out.toString();
  }

  private static String act(String what, TreePath path) {
    return what + " " + path;
  }

  @Override
  public Optional<RemoteEntry> status(TreePath path) throws IOException {
    try {
      // The top itself may be reached through a link, as on any volume.
      Attributes found =
          SftpFailures.ask(
              act("looking at", path),
              () -> path.isRoot() ? client.stat(at(path)) : client.lstat(at(path)));
      EntryName name = path.isRoot() ? EntryName.of("top") : path.names().getLast();
      return Optional.ofNullable(SftpStatusOf.entry(name, found));
    } catch (RemoteException e) {
      if (RemoteException.isAbsent(e)) {
        return Optional.empty();
      }
      throw e;
    }
  }

  @Override
  public RemoteListing list(TreePath folder) throws IOException {
    return SftpFailures.ask(
        act("listing", folder),
        () -> {
          List<RemoteEntry> entries = new ArrayList<>();
          List<String> refused = new ArrayList<>();
          try (CloseableHandle handle = client.openDir(at(folder))) {
            List<DirEntry> some = client.readDir(handle);
            while (some != null) {
              for (DirEntry each : some) {
                add(each, entries, refused);
              }
              some = client.readDir(handle);
            }
          }
          return new RemoteListing(entries, refused);
        });
  }

  private static void add(DirEntry listed, List<RemoteEntry> entries, List<String> refused) {
    String text = listed.getFilename();
    if (text.equals(".") || text.equals("..")) {
      return;
    }
    try {
      EntryName name = RemoteNames.parse(text);
      RemoteEntry entry = SftpStatusOf.entry(name, listed.getAttributes());
      if (entry == null) {
        refused.add("found " + name + " listed without a type, wanted one");
      } else {
        entries.add(entry);
      }
    } catch (IllegalArgumentException e) {
      refused.add(String.valueOf(e.getMessage()));
    }
  }

  @Override
  public byte[] linkTarget(TreePath link) throws IOException {
    return SftpFailures.ask(
        act("reading the link", link), () -> RemoteNames.bytes(client.readLink(at(link))));
  }

  @Override
  public InputStream read(TreePath file) throws IOException {
    String act = act("reading", file);
    InputStream in = SftpFailures.ask(act, () -> client.read(at(file)));
    return new FilterInputStream(in) {
      @Override
      public int read() throws IOException {
        return SftpFailures.ask(act, super::read);
      }

      @Override
      public int read(byte[] block, int from, int length) throws IOException {
        return SftpFailures.ask(act, () -> super.read(block, from, length));
      }

      @Override
      public void close() throws IOException {
        SftpFailures.tell(act, super::close);
      }
    };
  }

  @Override
  public RemoteUpload write(TreePath file, long from, int permissions) throws IOException {
    String act = act("writing", file);
    Set<OpenMode> modes =
        from == 0
            ? EnumSet.of(OpenMode.Write, OpenMode.Create, OpenMode.Exclusive)
            : EnumSet.of(OpenMode.Write);
    return SftpFailures.ask(
        act,
        () -> {
          CloseableHandle handle = client.open(at(file), modes);
          if (from == 0 && (permissions & READABLE_BY_OTHERS) != READABLE_BY_OTHERS) {
            Attributes closed = new Attributes();
            closed.setPermissions(0600);
            client.setStat(handle, closed);
          }
          return new SftpUpload(act, client, sync, handle, from);
        });
  }

  @Override
  public void makeFolder(TreePath folder) throws IOException {
    SftpFailures.tell(act("making the folder", folder), () -> client.mkdir(at(folder)));
  }

  @Override
  public void makeLink(TreePath link, byte[] target) throws IOException {
    SftpFailures.tell(
        act("making the link", link), () -> client.symLink(at(link), RemoteNames.text(target)));
  }

  @Override
  public void rename(TreePath from, TreePath to) throws IOException {
    String act = act("renaming to", to);
    byte[] old = RemoteNames.bytes(at(from));
    byte[] name = RemoteNames.bytes(at(to));
    if (rename.isSupported()) {
      SftpFailures.tell(act, () -> rename.call(old, name));
      return;
    }
    Optional<RemoteEntry> inTheWay = status(to);
    if (inTheWay.isPresent()) {
      // Without the addition a rename replaces nothing: the old one is gone for a moment.
      removeFile(to);
    }
    SftpFailures.tell(act, () -> client.rename(at(from), at(to)));
  }

  @Override
  public void removeFile(TreePath file) throws IOException {
    SftpFailures.tell(act("deleting", file), () -> client.remove(at(file)));
  }

  @Override
  public void removeFolder(TreePath folder) throws IOException {
    SftpFailures.tell(act("deleting", folder), () -> client.rmdir(at(folder)));
  }

  @Override
  public void modified(TreePath path, Timestamp time) throws IOException {
    SftpFailures.tell(
        act("setting the time of", path),
        () -> {
          if (linkStatus.isSupported()) {
            linkStatus.call(RemoteNames.bytes(at(path)), abilities.kept(time));
          } else {
            client.setStat(at(path), times(abilities.kept(time)));
          }
        });
  }

  @Override
  public void permissions(TreePath path, int permissions) throws IOException {
    Attributes wanted = new Attributes();
    wanted.setPermissions(permissions);
    SftpFailures.tell(act("setting the mode of", path), () -> client.setStat(at(path), wanted));
  }

  /** A time, for access and change alike: the protocol sets both or none. */
  static Attributes times(Timestamp time) {
    FileTime value = FileTime.from(time.seconds(), TimeUnit.SECONDS);
    Attributes wanted = new Attributes();
    wanted.setModifyTime(value);
    wanted.setAccessTime(value);
    return wanted;
  }

  @Override
  public void close() throws IOException {
    try {
      client.close();
    } finally {
      session.close(false);
    }
  }
}
